import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, compareLsn, compareText, knownGuid } from "./chain-unit";
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
  const onPath = new Set(restored.path);
  const rest = units.filter((unit) => !onPath.has(unit));
  const lineage = new Lineage(restored.path, restored.from);
  const bases = new KnownBases(units, restored);
  const beyond: ChainUnit[] = [];
  const problems: ChainProblem[] = [];
  for (const unit of rest) {
    if (unit.type === "log" && unit.last > restored.reached) beyond.push(unit);
    else problems.push(...classifyOne(unit, restored, lineage, bases));
  }
  if (beyond.length > 0) problems.push(...classifyBeyond(beyond, restored, lineage, finishTimes(units)));
  const full = restored.path.length === 0 ? firstFullBeyond(rest, restored.reached) : null;
  if (full && beyond.length === 0) problems.push(fullInsteadOfLog(full, restored.reached));
  return problems;
}

function classifyOne(
  unit: ChainUnit,
  { from, start, reached }: RestoredPath,
  lineage: Lineage,
  bases: KnownBases,
): ChainProblem[] {
  const { last, set, type } = unit;
  if (type === "full") {
    if (from === null)
      return [notNeeded(unit, `the restore reaches LSN ${reached} by a shorter way from another full`)];
    const why =
      last <= from.lsn ? "the target holds it already" : "the target is being restored from another full";
    return [notNeeded(unit, why)];
  }
  if (type === "differential" && !bases.fits(unit)) {
    return [last <= start ? tooEarly(unit, start) : wrongBase(unit, bases.describe())];
  }
  if (last <= start) return [tooEarly(unit, start)];
  if (type === "differential" && last > reached) return [forkProblem(unit, reached)];
  if (!lineage.contains(last, set.lastRecoveryForkGuid)) return [forkProblem(unit, reached)];
  if (type === "log" && unit.first === last) return [notNeeded(unit, "it is an empty log backup")];
  return [notNeeded(unit, `the restore goes past its last LSN ${last} without it`)];
}

/** Logs that end behind the path: on another fork, or behind a gap. One gap problem for each missing range. */
function classifyBeyond(
  logs: ChainUnit[],
  { reached }: RestoredPath,
  lineage: Lineage,
  finished: Map<Lsn, string>,
): ChainProblem[] {
  const problems: ChainProblem[] = [];
  const strayForks = new Set<string>();
  let end = reached;
  logs.sort(
    (a, b) => compareLsn(a.first, b.first) || compareLsn(a.last, b.last) || compareText(a.label, b.label),
  );
  for (const log of logs) {
    const { firstRecoveryForkGuid: first, lastRecoveryForkGuid: last } = log.set;
    // What begins where the path has been and yet is not on it can only be of another fork; so is what follows it.
    const empty = log.first === log.last;
    const stray = (!empty && log.first <= reached) || (first !== null && strayForks.has(first));
    if (stray || leftEarlier(log, reached, lineage)) {
      problems.push(forkProblem(log, reached));
      if (last !== null && last !== lineage.finalFork) strayForks.add(last);
      continue;
    }
    if (log.first > end) problems.push(gapProblem(log, end, finished.get(end) ?? null));
    if (log.last > end) end = log.last;
  }
  return problems;
}

/** Whether the log's fork began before where the path is, and the path is on another. */
function leftEarlier(log: ChainUnit, reached: Lsn, lineage: Lineage): boolean {
  const { firstRecoveryForkGuid: first, lastRecoveryForkGuid: last, forkPointLsn } = log.set;
  const { finalFork } = lineage;
  if (finalFork === null || first === null || last === null || first === finalFork || last === finalFork)
    return false;
  return forkPointLsn !== null && forkPointLsn < reached;
}

function firstFullBeyond(rest: readonly ChainUnit[], reached: Lsn): ChainUnit | null {
  const fulls = rest.filter((unit) => unit.type === "full" && unit.last > reached);
  fulls.sort((a, b) => compareLsn(a.last, b.last) || compareText(a.label, b.label));
  return fulls[0] ?? null;
}

/** When the backups that end at an LSN were finished, for the time window of a gap that begins there. */
function finishTimes(units: readonly ChainUnit[]): Map<Lsn, string> {
  const times = new Map<Lsn, string>();
  for (const { last, set } of units) {
    const known = times.get(last);
    // Of several the earliest, so that the window is wide enough and does not depend on the order of the files.
    if (set.finishedAt !== null && (known === undefined || set.finishedAt < known))
      times.set(last, set.finishedAt);
  }
  return times;
}

/** The fulls that differentials may build on here: the target's own, or all that are given. */
class KnownBases {
  private readonly target: DifferentialBase | null;
  private readonly guids = new Set<string>();
  private readonly lsnsWithoutGuid = new Set<Lsn>();
  private readonly lsns = new Set<Lsn>();
  private readonly pathBase: DifferentialBase | null;

  constructor(units: readonly ChainUnit[], { path, from }: RestoredPath) {
    this.target = from && baseOfTarget(from);
    const first = path[0];
    this.pathBase = this.target ?? (first?.type === "full" ? baseOfFull(first.set) : null);
    for (const { type, set } of units) {
      if (type !== "full") continue;
      const { guid, lsn } = baseOfFull(set);
      if (guid !== null) this.guids.add(guid);
      if (lsn !== null) (guid === null ? this.lsnsWithoutGuid : this.lsns).add(lsn);
    }
  }

  fits(differential: ChainUnit): boolean {
    const base = baseOfDifferential(differential.set);
    if (this.target !== null) return isSameBase(base, this.target);
    if (base.guid !== null && this.guids.has(base.guid)) return true;
    if (base.lsn === null) return false;
    return this.lsnsWithoutGuid.has(base.lsn) || (base.guid === null && this.lsns.has(base.lsn));
  }

  /** What a differential would have to be taken against. */
  describe(): string {
    const guid = knownGuid(this.pathBase?.guid);
    if (guid !== null) return `the restore builds on backup set ${guid}`;
    const lsn = this.pathBase?.lsn;
    return lsn
      ? `the restore builds on the full with checkpoint LSN ${lsn}`
      : "the base of the restore is not known";
  }
}
