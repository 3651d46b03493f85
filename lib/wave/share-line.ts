import { LEAST_SHARE } from "./wave-rules";

/** What an upload is for. */
export type UploadFor = "cutover" | "log" | "base";

/** A database that is down goes first, then logs: a gap grows while they wait. */
const WEIGHT: Readonly<Record<UploadFor, number>> = { cutover: 16, log: 4, base: 1 };

/**
 * Shares of a line among the uploads that run, bytes a second, by weight; together they are the line's, as far as nobody gets
 * less than keeps a connection alive. Null of everybody: the line has no limit.
 */
export function shareLine(
  bytesPerSecond: number | null,
  uploads: readonly { id: string; what: UploadFor }[],
): ReadonlyMap<string, number | null> {
  if (bytesPerSecond === null) return new Map(uploads.map(({ id }) => [id, null]));
  const shares = new Map<string, number>();
  let open = uploads.map(({ id, what }) => ({ id, weight: WEIGHT[what] }));
  let left = bytesPerSecond;
  for (;;) {
    const weights = open.reduce((sum, { weight }) => sum + weight, 0);
    const starved = open.filter(({ weight }) => (left * weight) / weights < LEAST_SHARE);
    if (starved.length === 0) {
      for (const { id, weight } of open) shares.set(id, Math.floor((left * weight) / weights));
      return shares;
    }
    for (const { id } of starved) shares.set(id, LEAST_SHARE);
    left = Math.max(0, left - starved.length * LEAST_SHARE);
    open = open.filter((one) => !starved.includes(one));
  }
}
