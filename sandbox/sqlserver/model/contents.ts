import { profileOf } from "./database-profiles";

/**
 * What a database of the sandbox holds, where a real backup has pages: whose tables it has, and for how many server seconds
 * applications have written to it. A backup carries it in the description of its media.
 */
export interface Contents {
  like: string;
  loadSeconds: number;
}

const MARK = "sandbox contents ";

/** The text that a backup carries. */
export function writeContents({ like, loadSeconds }: Contents): string {
  return `${MARK}${like} ${loadSeconds}`;
}

/** What `writeContents` wrote; null for a file that is not of the sandbox. */
export function readContents(text: string | null): Contents | null {
  if (text === null || !text.startsWith(MARK)) return null;
  const [, like, seconds] = /^(.+) (\S+)$/.exec(text.slice(MARK.length)) ?? [];
  return like === undefined ? null : { like, loadSeconds: Number(seconds) };
}

/** Rows of every table, by `schema.table`. */
export function rowsOf({ like, loadSeconds }: Contents): Record<string, number> {
  const tables = profileOf(like)?.tables ?? [];
  return Object.fromEntries(
    tables.map(({ schema, name, rows, rowsPerSecond }) => [
      `${schema}.${name}`,
      rows + Math.floor(loadSeconds * rowsPerSecond),
    ]),
  );
}
