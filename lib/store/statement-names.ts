/** Statements kept at most, in each connection: each holds its parsed tree there. The product has fewer texts that come again and again. */
const KEPT = 200;
/** A text that came so often comes again; lists of another length each time do not. */
const OFTEN = 5;
/** Texts that are counted at a time. */
const COUNTED = 2_000;

/**
 * Names for statements with parameters that come again and again, by which PostgreSQL parses and plans them once a connection instead of each time
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY). Empty: it has none, and is forgotten after it.
 */
export function statementNames(): (text: string, values: number) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return (text, values) => {
    if (values === 0) return "";
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= KEPT) return "";
    const count = (counts.get(text) ?? 0) + 1;
    if (count >= OFTEN) {
      counts.delete(text);
      const name = `c${names.size + 1}`;
      names.set(text, name);
      return name;
    }
    if (counts.size >= COUNTED) counts.clear();
    counts.set(text, count);
    return "";
  };
}

/** No statement has one: each is parsed anew, by whichever server it reaches. */
export const NO_NAMES = (): string => "";
