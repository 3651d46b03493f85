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

/** Who else sends by the same line: another wave with its members' uploads, or a migration of its own. */
export interface OtherSender {
  uploads: readonly UploadFor[];
  /** The most that it sends altogether, bytes a second; null: nobody has limited it. */
  most: number | null;
  /** What it says the line has, bytes a second; null: it says nothing of the line. */
  line: number | null;
}

/**
 * What of the line is one wave's while others send, bytes a second: by weight of all uploads, nobody more than its own limit, and what one
 * does not use goes to the rest. The line has what the wave that says most says. Null: this wave has no limit.
 */
export function shareOfLine(
  limit: number | null,
  own: readonly UploadFor[],
  others: readonly OtherSender[],
): number | null {
  if (limit === null) return null;
  const weigh = (uploads: readonly UploadFor[]) => uploads.reduce((sum, what) => sum + WEIGHT[what], 0);
  const mine = weigh(own);
  if (mine === 0) return limit;
  let open = others.map(({ uploads, most }) => ({
    weight: weigh(uploads),
    most: most ?? Number.POSITIVE_INFINITY,
  }));
  let left = Math.max(limit, ...others.flatMap(({ line }) => line ?? []));
  for (;;) {
    const weights = open.reduce((sum, { weight }) => sum + weight, mine);
    const each = left / weights;
    const full = open.filter(({ weight, most }) => each * weight >= most);
    if (full.length === 0) return Math.floor(Math.min(limit, each * mine));
    left -= full.reduce((sum, { most }) => sum + most, 0);
    open = open.filter((one) => !full.includes(one));
  }
}
