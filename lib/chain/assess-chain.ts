import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, compareLsn, compareText, knownGuid, Labels } from "./chain-unit";
import { noFullProblem, unreadableProblem, wrongDatabase } from "./chain-words";
import { classifyRest } from "./classify-rest";
import { DatabaseChoice } from "./database-choice";
import { findPath } from "./find-path";
import { gatherUnits } from "./gather-units";
import type { ProblemKind } from "./problem-kind";
import { baseOfFull, baseOfTarget, type DifferentialBase } from "./restore-rules";
import type { ChainFile, ChainNeed, ChainProblem, ChainTarget, ChainVerdict } from "./verdict";

export interface ChainInput {
  files: ChainFile[];
  /** Files of the pile that are no readable backup, with the reader's code. */
  unreadable?: { name: string; code: string }[];
  /** What the target has restored already; then no full is restored any more. */
  from?: ChainTarget | null;
  /** The database being migrated; without it the one that continues `from`, or that most files are of. */
  database?: string | null;
}

/** What does not spoil a verdict: the restore does without these files. Most telling problem first. */
const HARMLESS: readonly ProblemKind[] = ["too-early", "duplicate", "not-needed"];
const KINDS_BY_WEIGHT: readonly ProblemKind[] = [
  "no-full",
  "gap",
  "fork",
  "wrong-base",
  "wrong-database",
  "missing-stripe",
  "incomplete",
  "unreadable",
  ...HARMLESS,
];

/**
 * From an unordered pile of backup headers to what can be restored: the shortest path that reaches the furthest LSN,
 * what every other file is, what is missing, and what is needed next. By LSN, differential base and recovery fork as
 * SQL Server itself decides (a log applies when `first <= reached < last` on the same fork), never by name or date.
 * The order of the files makes no difference. Only files named in `order` are to be restored: `ok` may be true while
 * others are superfluous.
 */
export function assessChain(input: ChainInput): ChainVerdict {
  const from = input.from ?? null;
  const database = input.database ?? null;
  const { labels, own, roughLasts, strangers } = readPile(input.files, database, from);
  const wanted = database ?? (strangers.length === 0 ? null : mostCommonName(own));
  const gathered = gatherUnits(own, roughLasts, labels);
  const problems: ChainProblem[] = [
    ...(input.unreadable ?? []).map(({ name, code }) => unreadableProblem(name, code)),
    ...strangers.map((file) => wrongDatabase(labels.of(file), file.set.databaseName, wanted)),
    ...gathered.problems,
  ];
  const { units } = gathered;
  const path = findPath(units, from);
  if (path === null) {
    const need = needFull(units);
    problems.push(noFullProblem(units, need));
    return { ok: false, order: [], reachedLsn: null, problems: sortProblems(problems), need };
  }
  const start = from?.lsn ?? path[0]?.last ?? 0n;
  const reached = path.at(-1)?.last ?? start;
  for (const problem of classifyRest(units, { path, from, start, reached })) problems.push(problem);
  return {
    ok: problems.every(({ kind }) => HARMLESS.includes(kind)),
    order: path.map(({ label }) => label),
    reachedLsn: reached,
    problems: sortProblems(problems),
    need: needNext(reached, from ? baseOfTarget(from) : path[0] ? baseOfFull(path[0].set) : null),
  };
}

/**
 * All that is to be known of every file, in one go: reading headers that lie scattered in memory takes longer than what
 * is done with them. `roughLasts` are the last LSNs of `own` as numbers.
 */
function readPile(files: readonly ChainFile[], database: string | null, from: ChainTarget | null) {
  const labels = new Labels();
  const choice = new DatabaseChoice(database, from);
  const origins = new Int32Array(files.length);
  const numbers = new Float64Array(files.length);
  files.forEach((file, i) => {
    const { lastLsn } = file.set;
    labels.note(file);
    origins[i] = choice.note(file.set);
    numbers[i] = lastLsn === null ? 0 : Number(lastLsn);
  });
  const belongs = choice.decide();
  if (!belongs.includes(false)) return { labels, own: files, roughLasts: numbers, strangers: [] };
  const isOwn = (_: unknown, i: number): boolean => belongs[origins[i] ?? 0] === true;
  return {
    labels,
    own: files.filter(isOwn),
    roughLasts: numbers.filter(isOwn),
    strangers: files.filter((file, i) => !isOwn(file, i)),
  };
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

function mostCommonName(files: readonly ChainFile[]): string | null {
  const counts = new Map<string, number>();
  for (const { set } of files) {
    const { databaseName } = set;
    if (databaseName !== null) counts.set(databaseName, (counts.get(databaseName) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  return best?.[0] ?? null;
}

/** By kind, then LSN, then name: the same whatever the order of the files. */
function sortProblems(problems: readonly ChainProblem[]): ChainProblem[] {
  const byKind = new Map<ProblemKind, ChainProblem[]>(KINDS_BY_WEIGHT.map((kind) => [kind, []]));
  for (const problem of problems) byKind.get(problem.kind)?.push(problem);
  return [...byKind.values()].flatMap((alike) =>
    alike.sort(
      (a, b) => compareLsn(a.fromLsn ?? 0n, b.fromLsn ?? 0n) || compareText(a.file ?? "", b.file ?? ""),
    ),
  );
}
