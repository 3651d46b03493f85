import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, knownGuid } from "./chain-unit";
import { type PathState, type Search, searchPaths, type Way } from "./path-search";
import { baseOfDifferential, baseOfFull, baseOfTarget, differentialFits, isSameBase } from "./restore-rules";
import { SortedLsns } from "./sorted-lsns";
import type { ForkHistory } from "./timelines";
import type { ChainTarget } from "./verdict";

/**
 * The shortest sequence of restores that gets furthest on the living timeline: from `from`, or from any full when there
 * is no target yet. Where that timeline cannot be reached, as far as a restore can go before it began; where nobody can
 * tell which one lives (`living` null), to the furthest LSN. Null when nothing can be restored and nothing was. `units`
 * come by ascending last LSN.
 */
export function findPath(
  units: readonly ChainUnit[],
  from: ChainTarget | null,
  living: ForkHistory | null,
): ChainUnit[] | null {
  const states = toStates(units, from);
  const lasts = new SortedLsns(states);
  const detours = new Map<number, Search>();
  const search = from ? searchFromTarget(states, lasts, from) : searchFromFulls(states, lasts, detours);
  let best = -1;
  let bestRank = -1;
  states.forEach((state, i) => {
    const cost = search.cost[i] ?? Number.POSITIVE_INFINITY;
    if (cost === Number.POSITIVE_INFINITY) return;
    const rank = living === null ? 1 : rankOf(state, living);
    if (rank < 0 || rank < bestRank) return;
    const reached = states[best];
    const further = reached === undefined || rank > bestRank || state.last > reached.last;
    if (!further && cost > (search.cost[best] ?? 0)) return;
    best = i;
    bestRank = rank;
  });
  if (best < 0) return null;
  const path: ChainUnit[] = [];
  let way = search;
  for (let i = best; i >= 0; i = way.previous[i] ?? -1) {
    const state = states[i];
    if (state && state.type !== "target") path.push(state);
    if (way === search) way = detours.get(i) ?? way;
  }
  return path.reverse();
}

/** On the living timeline is better than before it began; a target that is on neither is where it is. */
function rankOf({ type, last, lastFork }: PathState, living: ForkHistory): number {
  const standing = living.standing(last, lastFork);
  if (standing === "on") return lastFork === null && living.mayPrecede(last) ? 1 : 2;
  if (standing === "before") return 1;
  return type === "target" ? 0 : -1;
}

function toStates(units: readonly ChainUnit[], from: ChainTarget | null): readonly PathState[] {
  if (from === null) return units;
  const { lsn: last, lastRecoveryForkGuid } = from;
  const target = {
    type: "target",
    last,
    roughLast: Number(last),
    lastFork: knownGuid(lastRecoveryForkGuid),
  } as const;
  const states: PathState[] = units.filter((unit) => unit.last < last);
  states.push(target);
  for (const unit of units) if (unit.last >= last) states.push(unit);
  return states;
}

/** A full cannot be restored onto a database that is being restored, so all states have the target's base. */
function searchFromTarget(states: readonly PathState[], lasts: SortedLsns, from: ChainTarget): Search {
  const base = baseOfTarget(from);
  const begin = (cost: Float64Array): void => {
    cost[states.findIndex(({ type }) => type === "target")] = 0;
  };
  return searchPaths(states, lasts, begin, (differential, place, reachable) =>
    isSameBase(baseOfDifferential(differential.set), base)
      ? reachable.beforeDifferential(differential, place)
      : null,
  );
}

/** How many fulls are searched for a way to a differential that does not follow its base at once. */
const MAX_DETOURS = 8;

/**
 * From any full. The shortest way to a differential is its base itself; where the two are on different recovery forks,
 * it takes other restores that lead over the fork: then its base is searched for itself, into `detours`.
 */
function searchFromFulls(
  states: readonly PathState[],
  lasts: SortedLsns,
  detours: Map<number, Search>,
): Search {
  const bases = new BaseIndex(states);
  const entered = new Set<string | null>();
  for (const state of states) if (state.type !== "target" && entersFork(state)) entered.add(state.lastFork);
  const byBase = new Map<number, Search>();
  const searchFrom = (base: number): Search | null => {
    const known = byBase.get(base);
    if (known !== undefined) return known;
    if (byBase.size >= MAX_DETOURS) return null;
    const begin = (cost: Float64Array): void => {
      cost[base] = 1;
    };
    const found = searchPaths(states, lasts, begin, (differential, place, reachable) =>
      bases.candidates(differential).includes(base)
        ? reachable.beforeDifferential(differential, place)
        : null,
    );
    byBase.set(base, found);
    return found;
  };
  const begin = (cost: Float64Array): void => {
    for (let i = 0; i < states.length; i += 1) if (states[i]?.type === "full") cost[i] = 1;
  };
  return searchPaths(states, lasts, begin, (differential, place) => {
    const candidates = bases.candidates(differential);
    const direct = candidates.findLast((base) => {
      const state = states[base];
      return state !== undefined && differentialFits(differential, state.last, state.lastFork);
    });
    if (direct !== undefined) return { previous: direct, cost: 2 };
    if (!entered.has(differential.lastFork) && !entered.has(null)) return null;
    let best: Way | null = null;
    for (const base of candidates) {
      const detour = searchFrom(base);
      const cost = detour?.cost[place] ?? Number.POSITIVE_INFINITY;
      if (detour === null || cost >= (best?.cost ?? Number.POSITIVE_INFINITY)) continue;
      best = { previous: detour.previous[place] ?? -1, cost };
      detours.set(place, detour);
    }
    return best;
  });
}

/** Whether a target may be on the unit's last fork after it without having been there before. */
function entersFork({ type, set, firstFork, lastFork }: ChainUnit): boolean {
  if (type === "log") return firstFork !== lastFork || lastFork === null;
  return type === "differential" && (set.forkPointLsn !== null || lastFork === null);
}

/** How many fulls that claim to be the same base are looked at. */
const MAX_SAME_BASE = 8;

/** The fulls that a differential can be restored onto. */
class BaseIndex {
  private readonly byGuid = new Map<string, number[]>();
  private readonly byLsn = new Map<Lsn, number[]>();
  private readonly byLsnWithoutGuid = new Map<Lsn, number[]>();

  constructor(private readonly states: readonly PathState[]) {
    states.forEach((state, i) => {
      if (state.type !== "full") return;
      const { guid, lsn } = baseOfFull(state.set);
      if (guid) addTo(this.byGuid, guid, i);
      if (!lsn) return;
      addTo(this.byLsn, lsn, i);
      if (!guid) addTo(this.byLsnWithoutGuid, lsn, i);
    });
  }

  /** The places of its base: of the fulls that it may build on and that do not reach as far as it does. */
  candidates(differential: ChainUnit): number[] {
    const { guid, lsn } = baseOfDifferential(differential.set);
    const byGuid = guid === null ? [] : (this.byGuid.get(guid) ?? []);
    const lsns = guid === null ? this.byLsn : this.byLsnWithoutGuid;
    const byLsn = lsn === null ? [] : (lsns.get(lsn) ?? []);
    return [...byGuid, ...byLsn]
      .filter((i) => (this.states[i]?.last ?? differential.last) < differential.last)
      .sort((a, b) => a - b);
  }
}

function addTo<K>(map: Map<K, number[]>, key: K, place: number): void {
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else if (places.length < MAX_SAME_BASE) places.push(place);
}
