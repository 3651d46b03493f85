export interface NormalText {
  /** One line: single spaces, straight quotes, half-width punctuation; the case as it was. */
  text: string;
  /** The part of the original that `text.slice(from, to)` came from, on one line. */
  original: (from: number, to: number) => string;
}

/**
 * One spelling for what consoles, pages and mail programs do to a message: line breaks, curly and Chinese quotes,
 * full-width letters and punctuation, HTML's entities, invisible characters. Names keep their own spelling: `original`.
 */
export function normalizeText(raw: string): NormalText {
  let text = "";
  /** Index in `raw` of each unit of `text`, and of its end. */
  const at: number[] = [];
  for (let i = 0; i < raw.length; ) {
    const entity = raw[i] === "&" ? ENTITY.exec(raw.slice(i, i + 8)) : null;
    const read = entity ? entity[0].length : 1;
    const unit = normalUnit(entity ? (ENTITIES[entity[1]?.toLowerCase() ?? ""] ?? "") : (raw[i] ?? ""));
    if (unit !== "" && !(unit === " " && (text === "" || text.endsWith(" ")))) {
      text += unit;
      at.push(i);
    }
    i += read;
  }
  at.push(raw.length);
  return {
    text: text.endsWith(" ") ? text.slice(0, -1) : text,
    original: (from, to) => raw.slice(at[from], at[to]).replaceAll(/\s+/g, " ").trim(),
  };
}

const ENTITY = /^&(lt|gt|amp|quot|apos|nbsp|#39|#34);/i;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
  "#34": '"',
};

const QUOTES = /["'`´‘’‚‛“”„‟«»‹›「」『』＂＇｀]/;
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/;
const FULL_WIDTH_OFFSET = 0xfe_e0;

/** One unit of a text in its one spelling, or nothing: never longer than it was, so that places can be told. */
export function normalUnit(unit: string): string {
  if (INVISIBLE.test(unit)) return "";
  if (/\s/.test(unit)) return " ";
  if (QUOTES.test(unit)) return "'";
  if (unit >= "！" && unit <= "～") return String.fromCharCode(unit.charCodeAt(0) - FULL_WIDTH_OFFSET);
  switch (unit) {
    case "。":
    case "．":
      return ".";
    case "、":
      return ",";
    case "【":
    case "〔":
      return "[";
    case "】":
    case "〕":
      return "]";
    case "‐":
    case "‑":
    case "–":
    case "—":
      return "-";
    default:
      return unit;
  }
}
