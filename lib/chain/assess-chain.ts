import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, compareLsn, compareText, knownGuid } from "./chain-unit";
import {
  noFullProblem,
  severalTimelines,
  unknownDatabase,
  unreadableProblem,
  wrongDatabase,
} from "./chain-words";
import { classifyAbandoned, classifyRest } from "./classify-rest";
import { describeTimelines } from "./describe-timelines";
import { findPath } from "./find-path";
import { gatherUnits } from "./gather-units";
import { Lineage } from "./lineage";
import type { ProblemKind } from "./problem-kind";
import { type Pile, readPile } from "./read-pile";
import { baseOfFull, baseOfTarget, type DifferentialBase } from "./restore-rules";
import { sortByText, sortPlaces } from "./sort-places";
import type {
  ChainFile,
  ChainIdentity,
  ChainNeed,
  ChainProblem,
  ChainTarget,
  ChainVerdict,
  KnownIdentity,
} from "./verdict";

export interface ChainInput {
  files: ChainFile[];
  /** Files of the pile that are no readable backup, with the reader's code. */
  unreadable?: { name: string; code: string }[];
  /** What the target has restored already; then no full is restored any more. */
  from?: ChainTarget | null;
  /** The database being migrated; without it the one that continues `from`, or that most files are of. */
  database?: string | null;
  /** What the source or a person says of which database and timeline is meant. */
  known?: KnownIdentity | null;
}

/** Most telling problem first. */
const KINDS_BY_WEIGHT: readonly ProblemKind[] = [
  "no-full",
  "ambiguous",
  "gap",
  "fork",
  "wrong-base",
  "wrong-database",
  "missing-stripe",
  "incomplete",
  "unreadable",
  "too-early",
  "duplicate",
  "not-needed",
];
/** What spoils a verdict wherever it stands; other kinds do where the path does not get past them. */
const SPOILING: ReadonlySet<ProblemKind> = new Set(["no-full", "ambiguous", "gap"]);

/**
 * From an unordered pile of backup headers to what can be restored. First whose backups they are: of which database, by
 * family GUID and recovery fork, and on which of its timelines, the one with the newest backups unless `known` says
 * otherwise. Then the shortest path that gets furthest on that timeline, what every other file is, what is missing, and
 * what is needed next: by LSN, differential base and fork as SQL Server itself decides (a log applies when
 * `first <= reached < last` on the same fork), never by name. The order of the files makes no difference. Only files
 * named in `order` are to be restored: `ok` may be true while others are superfluous, foreign or of an abandoned timeline.
 */
export function assessChain(input: ChainInput): ChainVerdict {
  const from = input.from ?? null;
  const known = input.known ?? null;
  const pile = readPile(input.files, { database: input.database ?? null, from, known });
  const { labels, timelines } = pile;
  const gathered = gatherUnits(pile.own, pile.roughLasts, labels);
  const { units } = gathered;
  const identity: ChainIdentity = {
    livingForkGuid: timelines.living?.fork ?? null,
    livingBy: pile.decided ? timelines.livingBy : null,
    timelines: pile.contenders.length > 0 ? describeTimelines(pile.contenders, pile.momentOf) : [],
  };
  const problems: ChainProblem[] = [
    ...(input.unreadable ?? []).map(({ name, code }) => unreadableProblem(name, code)),
    ...pile.strangers.map((file) => wrongDatabase(labels.of(file), file.set.databaseName, pile.name)),
    ...pile.unknown.map((file) => unknownDatabase(labels.of(file), file.set.databaseName, pile.name)),
    ...gathered.problems,
  ];
  const path = findPath(units, from, timelines.living);
  if (path === null) {
    const need = needFull(units);
    problems.push(
      ...classifyAbandoned(units, timelines),
      ...undecided(pile, identity, []),
      noFullProblem(units, need),
    );
    return { ok: false, order: [], reachedLsn: null, problems: sortProblems(problems), need, identity };
  }
  const start = from?.lsn ?? path[0]?.last ?? 0n;
  const reached = path.at(-1)?.last ?? start;
  const lineage = new Lineage(path, from, timelines);
  const rest = classifyRest(units, { path, from, start, reached }, lineage, timelines);
  for (const problem of rest.problems) problems.push(problem);
  problems.push(...undecided(pile, identity, rest.problems));
  const spoiled =
    rest.spoiled ||
    pile.isTargetForeign ||
    (input.unreadable ?? []).length > 0 ||
    problems.some(({ kind }) => SPOILING.has(kind)) ||
    gathered.hindered.some((set) => !isPassed(set, { pile, lineage, reached }));
  return {
    ok: !spoiled,
    order: path.map(({ label }) => label),
    reachedLsn: reached,
    problems: sortProblems(problems),
    need: needNext(reached, from ? baseOfTarget(from) : path[0] ? baseOfFull(path[0].set) : null),
    identity,
  };
}

/** Nobody can tell which timeline lives, or which of several databases of one name, and it matters. */
function undecided(pile: Pile, identity: ChainIdentity, rest: readonly ChainProblem[]): ChainProblem[] {
  if (identity.livingBy !== null) return [];
  const matters = !pile.decided || rest.length === 0 || rest.some(({ kind }) => kind === "fork");
  return matters ? [severalTimelines(pile.name, identity.timelines)] : [];
}

/**
 * Whether the restore does without a set that can't be used as it is: it is of an abandoned timeline, or damaged and the
 * path goes past it. A striped set that is not whole, or one still being written, is somebody's intention: wait for it.
 */
function isPassed(set: BackupSet, at: { pile: Pile; lineage: Lineage; reached: Lsn }): boolean {
  const { timelines } = at.pile;
  const fork = knownGuid(set.lastRecoveryForkGuid) ?? knownGuid(set.firstRecoveryForkGuid);
  const isAbandoned = timelines.living?.standing(set.lastLsn ?? set.firstLsn ?? 0n, fork) === "off";
  if (isAbandoned || set.damaged !== true || set.lastLsn === null) return isAbandoned;
  return set.lastLsn <= at.reached && at.lineage.contains(set.lastLsn, fork);
}

function needNext(atLsn: Lsn, base: DifferentialBase | null): ChainNeed {
  return {
    kind: "log_or_differential",
    atLsn,
    differentialBaseGuid: base?.guid ?? null,
    differentialBaseLsn: base?.lsn ?? null,
  };
}

/** The full to fetch is the one that the newest of the other backups builds on. */
function needFull(units: readonly ChainUnit[]): ChainNeed {
  const newest = units.findLast(({ set }) => baseGuid(set) !== null || set.databaseBackupLsn);
  return {
    kind: "full",
    atLsn: null,
    differentialBaseGuid: newest ? baseGuid(newest.set) : null,
    differentialBaseLsn: newest ? (newest.set.differentialBaseLsn ?? newest.set.databaseBackupLsn) : null,
  };
}

function baseGuid(set: BackupSet): string | null {
  return knownGuid(set.differentialBaseGuid) ?? knownGuid(set.baseBackupSetGuid);
}

/** By kind, then LSN, then name: the same whatever the order of the files. */
function sortProblems(problems: readonly ChainProblem[]): ChainProblem[] {
  const byKind = new Map<ProblemKind, ChainProblem[]>(KINDS_BY_WEIGHT.map((kind) => [kind, []]));
  for (const problem of problems) byKind.get(problem.kind)?.push(problem);
  return [...byKind.values()].flatMap((alike) => (alike.length < 2 ? alike : sortAlike(alike)));
}

function sortAlike(problems: readonly ChainProblem[]): ChainProblem[] {
  const fromOf = (place: number): Lsn => problems[place]?.fromLsn ?? 0n;
  const fileOf = (place: number): string => problems[place]?.file ?? "";
  const places = sortPlaces(
    Float64Array.from(problems, ({ fromLsn }) => Number(fromLsn ?? 0n)),
    (alike) => {
      const from = fromOf(alike[0] ?? 0);
      if (alike.every((place) => fromOf(place) === from)) sortByText(alike, fileOf);
      else alike.sort((a, b) => compareLsn(fromOf(a), fromOf(b)) || compareText(fileOf(a), fileOf(b)));
    },
  );
  return Array.from(places, (place) => problems[place]).filter((problem) => problem !== undefined);
}
