import type { Lsn } from "@/lib/backup/lsn";

/** LSNs in ascending order, to be searched often: first as plain numbers, then exactly among those that look equal. */
export class SortedLsns {
  private readonly rough: Float64Array;

  constructor(private readonly states: readonly { last: Lsn; roughLast: number }[]) {
    this.rough = Float64Array.from(states, ({ roughLast }) => roughLast);
  }

  /**
   * The first place whose LSN is not below `lsn`, which is `wanted` as a number; fast when it is not far before `near`,
   * behind which none is looked for.
   */
  lowerBound(lsn: Lsn, wanted: number, near: number): number {
    let high = near;
    let reach = 1;
    while (high > 0 && (this.rough[high - 1] ?? 0) >= wanted) {
      high = Math.max(0, high - reach);
      reach *= 2;
    }
    let low = high;
    high = Math.min(near, high + reach);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.rough[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    // What looks equal is mostly one LSN.
    if (low >= near || this.lsnAt(low) >= lsn) return low;
    high = near;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.lsnAt(middle) < lsn) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private lsnAt(place: number): Lsn {
    return this.states[place]?.last ?? 0n;
  }
}
