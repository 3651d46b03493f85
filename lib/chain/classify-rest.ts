import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, compareLsn, compareText } from "./chain-unit";
import {
  abandoned,
  forkProblem,
  fullInsteadOfLog,
  gapProblem,
  notNeeded,
  tooEarly,
  unknownBase,
  wrongBase,
} from "./chain-words";
import type { Lineage } from "./lineage";
import {
  baseOfDifferential,
  baseOfFull,
  baseOfTarget,
  type DifferentialBase,
  isSameBase,
} from "./restore-rules";
import type { ForkHistory, Standing, Timelines } from "./timelines";
import type { ChainProblem, ChainTarget } from "./verdict";

/** The path that was found, and where it starts and ends. */
export interface RestoredPath {
  path: readonly ChainUnit[];
  from: ChainTarget | null;
  /** What the first full (or the target) holds already. */
  start: Lsn;
  reached: Lsn;
}

/** What the sets that are not on the path are, and whether one of them shows that the path ends too early. */
export interface Classified {
  problems: ChainProblem[];
  spoiled: boolean;
}

/** Says of each set that is not on the path what it is, and where the chain has gaps. */
export function classifyRest(
  units: readonly ChainUnit[],
  restored: RestoredPath,
  lineage: Lineage,
  timelines: Timelines,
): Classified {
  const rest = notOnPath(units, restored.path);
  if (rest.length === 0) return { problems: [], spoiled: false };
  return new Classification(units, restored, lineage, timelines).of(rest);
}

/** With nothing to begin with: only what is of an abandoned timeline can be told. */
export function classifyAbandoned(units: readonly ChainUnit[], timelines: Timelines): ChainProblem[] {
  const { living } = timelines;
  if (living === null) return [];
  return units
    .filter(({ last, lastFork }) => living.standing(last, lastFork) === "off")
    .map((unit) => abandoned(unit, living.fork));
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

class Classification {
  private readonly problems: ChainProblem[] = [];
  private spoiled = false;
  private readonly bases: KnownBases;
  private readonly living: ForkHistory | null;
  /** The target is on a timeline that is not the living one, past where they part. */
  private readonly isEndAbandoned: boolean;
  /** Where logs lead from the end of the path; null: its fork is not known. */
  private readonly ahead: Set<string> | null;

  constructor(
    private readonly units: readonly ChainUnit[],
    private readonly restored: RestoredPath,
    private readonly lineage: Lineage,
    timelines: Timelines,
  ) {
    const { finalFork } = lineage;
    this.bases = new KnownBases(units, restored);
    this.living = timelines.living;
    this.isEndAbandoned = this.standing(restored.reached, finalFork) === "off";
    this.ahead = finalFork === null ? null : timelines.reachableFrom(finalFork);
  }

  of(rest: readonly ChainUnit[]): Classified {
    const { path, reached } = this.restored;
    const beyond: ChainUnit[] = [];
    let full: ChainUnit | null = null;
    for (const unit of rest) {
      if (this.standing(unit.last, unit.lastFork) === "off") this.addAbandoned(unit);
      else if (unit.type === "log" && unit.last > reached) beyond.push(unit);
      else if (unit.type === "full") {
        if (this.addFull(unit) && unit.last > reached) full ??= unit;
      } else if (unit.type === "differential") this.addDifferential(unit);
      else this.addPassed(unit);
    }
    this.addBeyond(beyond);
    // The units are in the order of their last LSN.
    if (full !== null && path.length === 0 && beyond.length === 0) this.add(fullInsteadOfLog(full, reached));
    return { problems: this.problems, spoiled: this.spoiled };
  }

  private standing(last: Lsn, fork: string | null): Standing {
    return this.living?.standing(last, fork) ?? "on";
  }

  private add(problem: ChainProblem, spoils = false): void {
    this.problems.push(problem);
    this.spoiled ||= spoils;
  }

  private addAbandoned(unit: ChainUnit): void {
    const { start, from } = this.restored;
    if (unit.last <= start && this.lineage.contains(unit.last, unit.lastFork) && unit.type !== "full")
      this.add(tooEarly(unit, start, from !== null));
    else this.add(abandoned(unit, this.living?.fork ?? null));
  }

  /** Of the living timeline, or nobody knows: then what the restore can't take shows that it ends too early. */
  private addFork(unit: ChainUnit): void {
    const { reached } = this.restored;
    const spoils = this.standing(unit.last, unit.lastFork) === "on";
    this.add(forkProblem(unit, reached, this.lineage.finalFork), spoils);
  }

  /** Returns false where it is of another recovery path. */
  private addFull(unit: ChainUnit): boolean {
    const { from, reached } = this.restored;
    const { last, lastFork } = unit;
    const isOfPath =
      last <= reached
        ? this.lineage.contains(last, lastFork)
        : !this.isEndAbandoned &&
          (this.living !== null || lastFork === null || this.ahead?.has(lastFork) !== false);
    if (isOfPath) this.add(notNeeded(unit, () => whyFullIsNotNeeded(unit, from, reached)));
    else this.addFork(unit);
    return isOfPath;
  }

  private addDifferential(unit: ChainUnit): void {
    const { start, reached, from } = this.restored;
    const { last, lastFork } = unit;
    const isRestored = last <= reached && this.lineage.contains(last, lastFork);
    const fits = this.bases.fits(unit);
    if (isRestored && last <= start) this.add(tooEarly(unit, start, from !== null));
    else if (fits === false) this.add(wrongBase(unit, this.bases.ofPath), last > reached);
    else if (last > reached && fits === null) this.add(unknownBase(unit), true);
    else if (isRestored) this.add(notNeeded(unit, () => passedBy(last)));
    else this.addFork(unit);
  }

  /** A log that ends where the path has been. */
  private addPassed(unit: ChainUnit): void {
    const { start, from } = this.restored;
    const { first, last, lastFork } = unit;
    const isEmpty = first === last;
    if (!this.lineage.contains(last, lastFork)) this.addFork(unit);
    else if (last < start || (last === start && !isEmpty)) this.add(tooEarly(unit, start, from !== null));
    else this.add(notNeeded(unit, () => (isEmpty ? "it is an empty log backup" : passedBy(last))));
  }

  /** Logs that end behind the path: on another fork, or behind a gap. One gap problem for each missing range. */
  private addBeyond(logs: ChainUnit[]): void {
    const { reached } = this.restored;
    const strayForks = new Set<string>();
    let end = reached;
    logs.sort(
      (a, b) => compareLsn(a.first, b.first) || compareLsn(a.last, b.last) || compareText(a.label, b.label),
    );
    const follows = this.whatFollows(logs);
    for (const log of logs) {
      const { firstFork: first, lastFork: last } = log;
      // What begins where the path has been and yet is not on it can only be of another fork; so is what follows it.
      const empty = log.first === log.last;
      const stray = (!empty && log.first <= reached) || (first !== null && strayForks.has(first));
      if (stray || !follows(log) || this.leftEarlier(log)) {
        this.addFork(log);
        if (last !== null && last !== this.lineage.finalFork) strayForks.add(last);
        continue;
      }
      if (log.first > end) {
        const finishedAt = finishedAtLsn(this.units, end);
        this.add(gapProblem(log, end, { finishedAt, base: this.bases.ofPath }));
      }
      if (log.last > end) end = log.last;
    }
  }

  /**
   * Which logs could be restored once the hole before them is filled: those of the path's fork and of forks that it leads
   * to, and of the living timeline. Where there is none of these, the fork may have been left in the hole.
   */
  private whatFollows(logs: readonly ChainUnit[]): (log: ChainUnit) => boolean {
    const { ahead, living } = this;
    if (this.isEndAbandoned) return () => false;
    if (ahead === null) return () => true;
    const leads = ({ firstFork }: ChainUnit): boolean =>
      firstFork === null || ahead.has(firstFork) || firstFork === living?.fork;
    return logs.some((log) => log.first > this.restored.reached && leads(log)) ? leads : () => true;
  }

  /** Whether the log's fork began before where the path is, and the path is on another. */
  private leftEarlier(log: ChainUnit): boolean {
    const { firstFork: first, lastFork: last } = log;
    const { forkPointLsn } = log.set;
    const { finalFork } = this.lineage;
    if (finalFork === null || first === null || last === null || first === finalFork || last === finalFork)
      return false;
    return forkPointLsn !== null && forkPointLsn < this.restored.reached;
  }
}

function passedBy(last: Lsn): string {
  return `the restore goes past its last LSN ${last} without it`;
}

function whyFullIsNotNeeded({ last }: ChainUnit, from: ChainTarget | null, reached: Lsn): string {
  if (from === null) return `the restore reaches LSN ${reached} by a shorter way from another full backup`;
  return last <= from.lsn
    ? "the target holds it already"
    : "the target is being restored from another full backup, and goes on with logs and differentials only";
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

  /** Null: the differential, or the target, does not say. */
  fits(differential: ChainUnit): boolean | null {
    const base = baseOfDifferential(differential.set);
    if (isUnknown(base)) return null;
    if (this.target !== null) return isUnknown(this.target) ? null : isSameBase(base, this.target);
    if (base.guid !== null && this.guids.has(base.guid)) return true;
    if (base.lsn === null || base.lsn === 0n) return false;
    return (base.guid === null ? this.lsns : this.lsnsWithoutGuid).has(base.lsn);
  }
}

function isUnknown({ guid, lsn }: DifferentialBase): boolean {
  return guid === null && (lsn === null || lsn === 0n);
}
