import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, knownGuid } from "./chain-unit";
import type { ForkHistory, Timelines } from "./timelines";
import type { ChainTarget } from "./verdict";

/** One stretch of the restored history: up to `last` it is on `fork`, or on either of two where it is not known which. */
interface Stretch {
  last: Lsn;
  forks: readonly (string | null)[];
}

/** Which recovery fork the restored database was on at each LSN. */
export class Lineage {
  private readonly stretches: Stretch[] = [];
  /** The fork the target is on at the end of the path. */
  readonly finalFork: string | null;
  /** Where the restore begins, and what its fork came from. */
  private readonly start: Lsn;
  private readonly before: ForkHistory | null;

  constructor(path: readonly ChainUnit[], from: ChainTarget | null, timelines: Timelines) {
    let fork = from ? knownGuid(from.lastRecoveryForkGuid) : (path[0]?.lastFork ?? null);
    this.start = from?.lsn ?? path[0]?.last ?? 0n;
    this.before = fork === null ? null : timelines.historyOf(fork);
    let end = from?.lsn ?? 0n;
    for (const { type, last, set, lastFork } of path) {
      if (lastFork !== fork) {
        const point = set.forkPointLsn;
        const known = point !== null && point < last;
        this.stretches.push({ last: end, forks: [fork] });
        // A log goes from one fork to the other; a differential may have come there over more of them.
        if (known && point > end)
          this.stretches.push({ last: point, forks: type === "log" ? [fork] : [null] });
        if (!known) this.stretches.push({ last, forks: [fork, lastFork] });
        fork = lastFork;
      }
      end = last;
    }
    this.stretches.push({ last: end, forks: [fork] });
    this.finalFork = fork;
  }

  /** Whether a backup that ends at `lsn` on `fork` is of the history that was restored. */
  contains(lsn: Lsn, fork: string | null): boolean {
    if (fork === null) return true;
    if (lsn <= this.start) return this.before === null || this.before.standing(lsn, fork) !== "off";
    let low = 0;
    let high = this.stretches.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.stretches[middle]?.last ?? 0n) < lsn) low = middle + 1;
      else high = middle;
    }
    const forks = this.stretches[low]?.forks ?? [];
    return forks.includes(null) || forks.includes(fork);
  }
}
