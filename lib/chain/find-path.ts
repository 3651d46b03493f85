import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, compareLsn, compareText } from "./chain-unit";
import { ForkIndex } from "./fork-index";
import {
  baseOfDifferential,
  baseOfFull,
  baseOfTarget,
  type DifferentialBase,
  differentialFits,
  isSameBase,
  lastLsnToFollow,
} from "./restore-rules";
import { sortByNumber } from "./sort-by-number";
import { SortedLsns } from "./sorted-lsns";
import type { ChainTarget } from "./verdict";

/** A state of the target: after the unit, or (without one) as it was given. */
interface Step {
  unit: ChainUnit | null;
  last: Lsn;
  roughLast: number;
  /** The recovery fork the target is on then; null is not known. */
  fork: string | null;
  base: DifferentialBase | null;
  /** Backups restored so far; infinite when no path leads here. */
  cost: number;
  previous: number;
}

/**
 * The shortest sequence of restores that reaches the furthest LSN: from `from`, or from any full when there is no
 * target yet. Null when nothing can be restored and nothing was. O(n log n): steps are taken by ascending last LSN,
 * and the cheapest one that a log can follow is a minimum over a range of last LSNs on its fork.
 */
export function findPath(units: readonly ChainUnit[], from: ChainTarget | null): ChainUnit[] | null {
  const steps = orderSteps(units, from);
  const lasts = new SortedLsns(steps.map((step) => step.last));
  const reachable = new ForkIndex(steps.map((step) => step.fork));
  const bases = new BaseIndex(steps);
  let best = -1;
  steps.forEach((step, i) => {
    const { unit } = step;
    if (unit?.type === "log") {
      const low = lasts.lowerBound(unit.first);
      const high = lasts.lowerBound(lastLsnToFollow(unit.set, unit.last) + 1n);
      step.previous = reachable.cheapest(unit.set.firstRecoveryForkGuid, low, high);
    } else if (unit?.type === "differential") {
      step.previous = bases.find(unit);
    }
    const previous = steps[step.previous];
    if (previous) step.cost = previous.cost + 1;
    if (step.cost === Number.POSITIVE_INFINITY) return;
    reachable.add(i, step.cost);
    const reached = steps[best];
    if (reached === undefined || step.last > reached.last || step.cost <= reached.cost) best = i;
  });
  if (best < 0) return null;
  const path: ChainUnit[] = [];
  for (let step = steps[best]; step !== undefined; step = steps[step.previous]) {
    if (step.unit) path.push(step.unit);
  }
  return path.reverse();
}

/** All states, by ascending last LSN; of equal ones the first name comes last, as it is preferred. */
function orderSteps(units: readonly ChainUnit[], from: ChainTarget | null): Step[] {
  const steps: Step[] = [];
  if (from !== null) {
    const fork = from.lastRecoveryForkGuid ?? null;
    const { lsn: last } = from;
    const base = baseOfTarget(from);
    steps.push({ unit: null, last, roughLast: Number(last), fork, base, cost: 0, previous: -1 });
  }
  for (const unit of units) {
    const full = unit.type === "full";
    // A full cannot be restored onto a database that is being restored.
    if (full && from !== null) continue;
    if (unit.type === "log" && unit.first === unit.last) continue;
    steps.push({
      unit,
      last: unit.last,
      roughLast: Number(unit.last),
      fork: unit.set.lastRecoveryForkGuid,
      base: full ? baseOfFull(unit.set) : null,
      cost: full ? 1 : Number.POSITIVE_INFINITY,
      previous: -1,
    });
  }
  return sortByNumber(steps, (step) => step.roughLast, compareStates);
}

function compareStates(a: Step, b: Step): number {
  return compareLsn(a.last, b.last) || compareText(b.unit?.label ?? "", a.unit?.label ?? "");
}

/** How many fulls that claim to be the same base are looked at. */
const MAX_SAME_BASE = 8;

/** The fulls (or the target) that a differential can be restored onto. */
class BaseIndex {
  private readonly byGuid = new Map<string, number[]>();
  private readonly byLsn = new Map<Lsn, number[]>();

  constructor(private readonly steps: readonly Step[]) {
    steps.forEach(({ base }, i) => {
      if (base?.guid) addTo(this.byGuid, base.guid, i);
      if (base?.lsn) addTo(this.byLsn, base.lsn, i);
    });
  }

  /** The place of the base that `unit` can follow, or -1. */
  find(unit: ChainUnit): number {
    const wanted = baseOfDifferential(unit.set);
    const candidates = [
      ...(wanted.guid === null ? [] : (this.byGuid.get(wanted.guid) ?? [])),
      ...(wanted.lsn === null ? [] : (this.byLsn.get(wanted.lsn) ?? [])),
    ];
    let best = -1;
    for (const i of candidates) {
      const step = this.steps[i];
      if (!step?.base || !isSameBase(wanted, step.base) || step.last >= unit.last) continue;
      if (differentialFits(unit.set, step.last, step.fork)) best = Math.max(best, i);
    }
    return best;
  }
}

function addTo<K>(map: Map<K, number[]>, key: K, place: number): void {
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else if (places.length < MAX_SAME_BASE) places.push(place);
}
