import type { Lsn } from "@/lib/backup/lsn";

/** LSNs in ascending order, to be searched often: first as plain numbers, then exactly among those that look equal. */
export class SortedLsns {
  private readonly rough: Float64Array;

  constructor(private readonly lsns: readonly Lsn[]) {
    this.rough = Float64Array.from(lsns, Number);
  }

  /** The first place whose LSN is not below `lsn`. */
  lowerBound(lsn: Lsn): number {
    const wanted = Number(lsn);
    let low = this.search((middle) => (this.rough[middle] ?? 0) < wanted, 0);
    // What looks equal is mostly one LSN.
    if (low >= this.lsns.length || (this.lsns[low] ?? 0n) >= lsn) return low;
    low = this.search((middle) => (this.lsns[middle] ?? 0n) < lsn, low);
    return low;
  }

  private search(isBefore: (place: number) => boolean, from: number): number {
    let low = from;
    let high = this.lsns.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
