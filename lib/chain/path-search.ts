import type { Lsn } from "@/lib/backup/lsn";
import type { ChainUnit } from "./chain-unit";
import { ForkIndex } from "./fork-index";
import { endToFollow } from "./restore-rules";
import type { SortedLsns } from "./sorted-lsns";

/** The target as it was given. */
interface TargetState {
  type: "target";
  last: Lsn;
  roughLast: number;
  /** The recovery fork it is on; null is not known. */
  lastFork: string | null;
}

/** A state of the target: as it was given, or after a unit has been restored. */
export type PathState = ChainUnit | TargetState;

/** The cheapest way to each state: how many restores, and from which state the last of them goes on. */
export interface Search {
  states: readonly PathState[];
  cost: Float64Array;
  previous: Int32Array;
}

/** How a state is reached: after which one, and with how many restores in all. */
export interface Way {
  previous: number;
  cost: number;
}

/**
 * Takes the states by ascending last LSN and finds for each the cheapest one before it that SQL Server would restore it
 * onto. Where a search may begin costs are set in `cost`; what a differential goes on from, `followed` says. O(n log n).
 */
export function searchPaths(
  states: readonly PathState[],
  lasts: SortedLsns,
  begin: (cost: Float64Array) => void,
  followed: (differential: ChainUnit, place: number, reachable: ReachableStates) => Way | null,
): Search {
  const cost = new Float64Array(states.length).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(states.length).fill(-1);
  begin(cost);
  const reachable = new ReachableStates(states, lasts);
  for (let i = 0; i < states.length; i += 1) {
    const unit = states[i];
    if (unit?.type === "log") {
      const before = reachable.beforeLog(unit, i);
      if (before >= 0) {
        previous[i] = before;
        cost[i] = (cost[before] ?? 0) + 1;
      }
    } else if (unit?.type === "differential") {
      const way = followed(unit, i, reachable);
      if (way !== null) {
        previous[i] = way.previous;
        cost[i] = way.cost;
      }
    }
    const own = cost[i] ?? Number.POSITIVE_INFINITY;
    if (own !== Number.POSITIVE_INFINITY) reachable.add(i, own);
  }
  return { states, cost, previous };
}

/** The states reached so far. */
class ReachableStates {
  private readonly index: ForkIndex;

  constructor(
    states: readonly PathState[],
    private readonly lasts: SortedLsns,
  ) {
    const asksForAll = states.some(
      (state) =>
        state.type !== "target" &&
        (state.firstFork === null || (state.type === "differential" && state.set.forkPointLsn !== null)),
    );
    this.index = new ForkIndex(
      states.map(({ lastFork }) => lastFork),
      asksForAll,
    );
  }

  add(place: number, cost: number): void {
    this.index.add(place, cost);
  }

  /** C2: `first <= reached < last` on the fork that the log begins on. An empty log brings nothing. */
  beforeLog(log: ChainUnit, place: number): number {
    if (log.first === log.last) return -1;
    const low = this.lasts.lowerBound(log.first, log.roughFirst, place);
    const end = endToFollow(log);
    const high = this.lasts.lowerBound(end, end === log.last ? log.roughLast : Number(end), place);
    if (log.firstFork === null) return this.index.cheapestOfAll(low, high);
    return log.firstFork === log.lastFork
      ? this.index.cheapestOnForkOf(place, low, high)
      : this.index.cheapest(log.firstFork, low, high);
  }

  /** The cheapest state before the differential on its fork, or where its fork had not begun, whatever its base. */
  beforeDifferential(differential: ChainUnit, place: number): Way | null {
    const previous = this.findBeforeDifferential(differential, place);
    return previous < 0 ? null : { previous, cost: this.index.costAt(previous) + 1 };
  }

  private findBeforeDifferential({ set, last, roughLast, lastFork }: ChainUnit, place: number): number {
    const high = this.lasts.lowerBound(last, roughLast, place);
    if (lastFork === null) return this.index.cheapestOfAll(0, high);
    const onFork = this.index.cheapestOnForkOf(place, 0, high);
    const { forkPointLsn } = set;
    if (forkPointLsn === null) return onFork;
    const end = forkPointLsn + 1n;
    const beforeFork = end < last ? this.lasts.lowerBound(end, Number(end), place) : high;
    return this.index.cheaper(onFork, this.index.cheapestOfAll(0, beforeFork));
  }
}
