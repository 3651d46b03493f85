import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, compareLsn, compareText } from "./chain-unit";
import { forkProblem, fullInsteadOfLog, gapProblem, notNeeded, tooEarly, wrongBase } from "./chain-words";
import { Lineage } from "./lineage";
import {
  baseOfDifferential,
  baseOfFull,
  baseOfTarget,
  type DifferentialBase,
  isSameBase,
} from "./restore-rules";
import type { ChainProblem, ChainTarget } from "./verdict";

/** The path that was found, and where it starts and ends. */
export interface RestoredPath {
  path: readonly ChainUnit[];
  from: ChainTarget | null;
  /** What the first full (or the target) holds already. */
  start: Lsn;
  reached: Lsn;
}

/** Says of each set that is not on the path what it is, and where the chain has gaps. */
export function classifyRest(units: readonly ChainUnit[], restored: RestoredPath): ChainProblem[] {
  const rest = notOnPath(units, restored.path);
  if (rest.length === 0) return [];
  const lineage = new Lineage(restored.path, restored.from);
  const bases = new KnownBases(units, restored);
  const beyond: ChainUnit[] = [];
  const problems: ChainProblem[] = [];
  for (const unit of rest) {
    if (unit.type === "log" && unit.last > restored.reached) beyond.push(unit);
    else problems.push(classifyOne(unit, restored, lineage, bases));
  }
  for (const problem of classifyBeyond(beyond, restored, lineage, { units, base: bases.ofPath }))
    problems.push(problem);
  const full = restored.path.length === 0 ? firstFullBeyond(rest, restored.reached) : null;
  if (full && beyond.length === 0) problems.push(fullInsteadOfLog(full, restored.reached));
  return problems;
}

/** The path is in the same order as the units. */
function notOnPath(units: readonly ChainUnit[], path: readonly ChainUnit[]): ChainUnit[] {
  let next = 0;
  return units.filter((unit) => {
    if (unit !== path[next]) return true;
    next += 1;
    return false;
  });
}

function classifyOne(
  unit: ChainUnit,
  { from, start, reached }: RestoredPath,
  lineage: Lineage,
  bases: KnownBases,
): ChainProblem {
  const { last, type } = unit;
  if (type === "full") return notNeeded(unit, whyFullIsNotNeeded(unit, from, reached));
  const empty = type === "log" && unit.first === last;
  if (last < start || (last === start && !empty)) return tooEarly(unit, start, from !== null);
  if (type === "differential" && !bases.fits(unit)) return wrongBase(unit, bases.ofPath);
  if (type === "differential" && last > reached) return forkProblem(unit, reached);
  if (!lineage.contains(last, unit.lastFork)) return forkProblem(unit, reached);
  if (empty) return notNeeded(unit, "it is an empty log backup");
  return notNeeded(unit, `the restore goes past its last LSN ${last} without it`);
}

function whyFullIsNotNeeded({ last }: ChainUnit, from: ChainTarget | null, reached: Lsn): string {
  if (from === null) return `the restore reaches LSN ${reached} by a shorter way from another full backup`;
  return last <= from.lsn
    ? "the target holds it already"
    : "the target is being restored from another full backup, and goes on with logs and differentials only";
}

/** Logs that end behind the path: on another fork, or behind a gap. One gap problem for each missing range. */
function classifyBeyond(
  logs: ChainUnit[],
  { reached }: RestoredPath,
  lineage: Lineage,
  known: { units: readonly ChainUnit[]; base: DifferentialBase | null },
): ChainProblem[] {
  const problems: ChainProblem[] = [];
  const strayForks = new Set<string>();
  let end = reached;
  logs.sort(
    (a, b) => compareLsn(a.first, b.first) || compareLsn(a.last, b.last) || compareText(a.label, b.label),
  );
  for (const log of logs) {
    const { firstFork: first, lastFork: last } = log;
    // What begins where the path has been and yet is not on it can only be of another fork; so is what follows it.
    const empty = log.first === log.last;
    const stray = (!empty && log.first <= reached) || (first !== null && strayForks.has(first));
    if (stray || leftEarlier(log, reached, lineage)) {
      problems.push(forkProblem(log, reached));
      if (last !== null && last !== lineage.finalFork) strayForks.add(last);
      continue;
    }
    if (log.first > end) {
      const finishedAt = finishedAtLsn(known.units, end);
      problems.push(gapProblem(log, end, { finishedAt, base: known.base }));
    }
    if (log.last > end) end = log.last;
  }
  return problems;
}

/** Whether the log's fork began before where the path is, and the path is on another. */
function leftEarlier(log: ChainUnit, reached: Lsn, lineage: Lineage): boolean {
  const { firstFork: first, lastFork: last } = log;
  const { forkPointLsn } = log.set;
  const { finalFork } = lineage;
  if (finalFork === null || first === null || last === null || first === finalFork || last === finalFork)
    return false;
  return forkPointLsn !== null && forkPointLsn < reached;
}

/** The units are in the order of their last LSN. */
function firstFullBeyond(rest: readonly ChainUnit[], reached: Lsn): ChainUnit | null {
  return rest.find((unit) => unit.type === "full" && unit.last > reached) ?? null;
}

/** When the backup that ends at an LSN was finished, for the time window of a gap that begins there. */
function finishedAtLsn(units: readonly ChainUnit[], lsn: Lsn): string | null {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((units[middle]?.last ?? lsn) < lsn) low = middle + 1;
    else high = middle;
  }
  let earliest: string | null = null;
  // Of several the earliest, so that the window is wide enough.
  for (let unit = units[low]; unit && unit.last === lsn; unit = units[++low]) {
    const { finishedAt } = unit.set;
    if (finishedAt !== null && (earliest === null || finishedAt < earliest)) earliest = finishedAt;
  }
  return earliest;
}

/** The fulls that differentials may build on here: the target's own, or all that are given. */
class KnownBases {
  /** What the restore builds on. */
  readonly ofPath: DifferentialBase | null;
  private readonly target: DifferentialBase | null;
  private readonly guids = new Set<string>();
  private readonly lsnsWithoutGuid = new Set<Lsn>();
  private readonly lsns = new Set<Lsn>();

  constructor(units: readonly ChainUnit[], { path, from }: RestoredPath) {
    this.target = from && baseOfTarget(from);
    const first = path[0];
    this.ofPath = this.target ?? (first?.type === "full" ? baseOfFull(first.set) : null);
    for (const { type, set } of units) {
      if (type !== "full") continue;
      const { guid, lsn } = baseOfFull(set);
      if (guid !== null) this.guids.add(guid);
      if (lsn !== null) this.lsns.add(lsn);
      if (lsn !== null && guid === null) this.lsnsWithoutGuid.add(lsn);
    }
  }

  fits(differential: ChainUnit): boolean {
    const base = baseOfDifferential(differential.set);
    if (this.target !== null) return isSameBase(base, this.target);
    if (base.guid !== null && this.guids.has(base.guid)) return true;
    if (base.lsn === null || base.lsn === 0n) return false;
    return (base.guid === null ? this.lsns : this.lsnsWithoutGuid).has(base.lsn);
  }
}
