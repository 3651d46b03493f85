/** What of a list of databases a person wants: by name and by size. */
export interface Choice {
  /** One or more of `Sales*`, `?rp`, `!*_old`, between commas, blanks or line ends. Only `!` ones: all but those. Empty: all. */
  patterns: string;
  /** Bytes of data, both included; null: no bound. */
  leastBytes: number | null;
  mostBytes: number | null;
}

/** Why a database was not chosen. Texts `wave.left.*`. */
export const LEFT_WHYS = [
  "not_named",
  "excluded",
  "too_small",
  "too_large",
  "size_unknown",
  "not_online",
] as const;
export type LeftWhy = (typeof LEFT_WHYS)[number];

interface Choosable {
  name: string;
  /** As sys.databases says it. */
  state: string;
  dataBytes: number | null;
}

/**
 * Why a database is not of the choice; null: it is. A database that is not online can't be backed up and is never chosen; one
 * whose size nobody knows is not, where a size was asked for.
 */
export function whyLeft(database: Choosable, choice: Choice): LeftWhy | null {
  const { named, excluded } = parsePatterns(choice.patterns);
  const isAmong = (patterns: readonly string[]) => patterns.some((one) => matchesPattern(database.name, one));
  if (isAmong(excluded)) return "excluded";
  if (named.length > 0 && !isAmong(named)) return "not_named";
  if (database.state.toUpperCase() !== "ONLINE") return "not_online";
  const { leastBytes, mostBytes } = choice;
  const bytes = database.dataBytes;
  if (leastBytes === null && mostBytes === null) return null;
  if (bytes === null) return "size_unknown";
  if (leastBytes !== null && bytes < leastBytes) return "too_small";
  return mostBytes !== null && bytes > mostBytes ? "too_large" : null;
}

function parsePatterns(text: string): { named: string[]; excluded: string[] } {
  // A blank may be part of a name, where commas or line ends part the patterns.
  const parted = /[,;\n]/.test(text) ? text.split(/[,;\n]+/) : text.split(/\s+/);
  const patterns = parted.map((one) => one.trim()).filter((one) => one !== "" && one !== "!");
  return {
    named: patterns.filter((one) => !one.startsWith("!")),
    excluded: patterns.filter((one) => one.startsWith("!")).map((one) => one.slice(1).trim()),
  };
}

/** `*`: any number of characters, `?`: one. In any case of letters, as SQL Server compares names on nearly every server. */
export function matchesPattern(name: string, pattern: string): boolean {
  const text = name.toLowerCase();
  const wanted = pattern.toLowerCase();
  // Two pointers and the last star, not a regular expression: patterns are typed by people and tried on every key stroke.
  let at = 0;
  let of = 0;
  let star = -1;
  let from = 0;
  while (at < text.length) {
    if (of < wanted.length && (wanted[of] === "?" || (wanted[of] !== "*" && wanted[of] === text[at]))) {
      at += 1;
      of += 1;
    } else if (wanted[of] === "*") {
      star = of;
      from = at;
      of += 1;
    } else if (star >= 0) {
      of = star + 1;
      from += 1;
      at = from;
    } else {
      return false;
    }
  }
  while (wanted[of] === "*") of += 1;
  return of === wanted.length;
}
