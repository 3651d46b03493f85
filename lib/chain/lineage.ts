import type { Lsn } from "@/lib/backup/lsn";
import type { ChainUnit } from "./chain-unit";
import type { ChainTarget } from "./verdict";

/** One stretch of the restored history: up to `last` it is on `fork`, or on either of two where it is not known which. */
interface Stretch {
  last: Lsn;
  forks: (string | null)[];
}

/** Which recovery fork the restored database was on at each LSN. */
export class Lineage {
  private readonly stretches: Stretch[] = [];
  /** The fork the target is on at the end of the path. */
  readonly finalFork: string | null;

  constructor(path: readonly ChainUnit[], from: ChainTarget | null) {
    let fork = from?.lastRecoveryForkGuid ?? path[0]?.set.lastRecoveryForkGuid ?? null;
    if (from) this.stretches.push({ last: from.lsn, forks: [fork] });
    for (const { last, set } of path) {
      const next = set.lastRecoveryForkGuid;
      const point = set.forkPointLsn;
      if (next !== fork && point !== null && point < last)
        this.stretches.push({ last: point, forks: [fork] });
      const both = next !== fork && point === null;
      this.stretches.push({ last, forks: both ? [fork, next] : [next] });
      fork = next;
    }
    this.finalFork = fork;
  }

  /** Whether a backup that ends at `lsn` on `fork` is of the history that was restored. */
  contains(lsn: Lsn, fork: string | null): boolean {
    if (fork === null) return true;
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
