import type { BackupKind } from "@/lib/backup/backup-kind";
import { IMPORTS_PER_DAY, importDayBegan, RESERVED_IMPORTS } from "./rds-limits";
import { isFullImported, type MigrationSnapshot, type PlannedStep, type StepSnapshot } from "./snapshot";

/** What a definition that comes without a step before it decides by. */
export interface Prospect {
  migration: MigrationSnapshot;
  nowMs: number;
  /** Nothing is open and nothing follows by itself. */
  idle: boolean;
  /** Idle, or all that is open is a restore at RDS: the next file may be taken, uploaded and read meanwhile. */
  free: boolean;
  /** Number of the round that would begin. */
  round: number;
  /** By when the next file is to be there. Null: the lane of imports is free now, or nobody can tell when it will be. */
  timeAhead: (backup: BackupKind) => NextRoundTiming | null;
}

/** Foreseen instants, milliseconds since 1970. */
export interface NextRoundTiming {
  /** When to begin the backup so that its file lies in OSS when the lane of imports is free. */
  takeAtMs: number;
  laneFreeAtMs: number;
}

/** How a round gets its file: a backup is taken, or what is there is looked at. */
export type RoundPlan =
  | { how: "take"; backup: BackupKind; tail: boolean; final: boolean; dueAtMs: number | null }
  | { how: "look"; final: boolean; wait: boolean; key?: string };

/** The round that begins by itself now; null: none, or a person must ask for it. */
export function nextRoundOf(prospect: Prospect): RoundPlan | null {
  const { migration, idle, free, round } = prospect;
  const { files, backupBy } = migration;
  if (!free || migration.steps.length === 0 || isOpened(migration) || migration.release) return null;
  if (!isFullHanded(migration)) {
    // A full that was refused or that failed waits for a person. Once it is left out, another is taken.
    if (round > 0 && backupBy === "app")
      return isFullLeftOut(migration) ? plainRound(migration, "full") : null;
    const key = migration.firstObjectKey;
    if (key !== null) return { how: "look", final: false, wait: true, key };
    return plainRound(migration, "full");
  }
  if (migration.method === "immediate") return null;
  if (migration.cutover) return idle ? finalRound(migration) : null;
  if (backupBy === "others") return plainRound(migration, "log");
  const last = lastRound(migration);
  // After a refusal a person decides: another backup of the same kind would be refused too.
  if (last.some((step) => step.status === "refused" && isRefused(migration, step.fileId))) return null;
  // Something filled a hole: what was refused before may fit, or be superfluous, now.
  const filled = last.some((step) => fileOf(migration, step.fileId)?.state === "imported");
  if (filled && files.some((file) => file.state === "refused")) return SCAN;
  if (!idle && files.some((file) => file.state === "refused")) return null;
  return scheduledRound(prospect, last);
}

/** Looks once at the files that are there: in the bucket and among those refused before. */
export const SCAN: RoundPlan = { how: "look", final: false, wait: false };

/** A round of the kind that was asked for; of others' files whichever continues the chain. */
export function plainRound(
  migration: Pick<MigrationSnapshot, "backupBy">,
  backup: BackupKind,
  dueAtMs: number | null = null,
): RoundPlan {
  if (migration.backupBy === "others") return { how: "look", final: false, wait: true };
  return { how: "take", backup, tail: false, final: false, dueAtMs };
}

/** The first step of a round. */
export function firstStep(round: number, plan: RoundPlan): PlannedStep {
  const base = { round, fileId: null };
  if (plan.how === "look") {
    const { how: _, ...input } = plan;
    return { ...base, kind: "find_file", dueAtMs: null, input };
  }
  const { how: _, dueAtMs, ...input } = plan;
  return { ...base, kind: "backup", dueAtMs, input };
}

/** The full is on the target, or RDS is at it: files that continue it may be prepared. */
export function isFullHanded({ files }: Pick<MigrationSnapshot, "files">): boolean {
  return isFullImported(files) || files.some((file) => file.type === "full" && file.state === "importing");
}

function isFullLeftOut({ files }: Pick<MigrationSnapshot, "files">): boolean {
  const fulls = files.filter(({ type }) => type === "full");
  return fulls.length > 0 && fulls.every(({ state }) => state === "skipped");
}

/** RDS was asked to open the database, or is about to be: no file goes in any more. */
export function isOpened({ steps }: Pick<MigrationSnapshot, "steps">): boolean {
  return steps.some(
    (step) => step.kind === "open" && step.status !== "cancelled" && step.status !== "skipped",
  );
}

/** RDS would not open it: nothing has happened there, and the source may still be given back. */
export function isOpeningRefused({ steps }: Pick<MigrationSnapshot, "steps">): boolean {
  return steps.some((step) => step.kind === "open" && step.status === "failed");
}

/** Everything of the last file has been applied: nothing is left but to open the database. */
export function isReadyToOpen(migration: MigrationSnapshot): boolean {
  const final = migration.files.find((file) => file.final);
  if (final) return final.state === "imported" || final.state === "skipped";
  if (migration.backupBy === "app") return false;
  // The operator said that nothing more comes. A file that does not fit may hold the last changes: somebody must say so.
  const looked = lastRound(migration).some(isFruitlessLook);
  return looked && !migration.files.some((file) => file.state === "refused");
}

function isFruitlessLook(step: StepSnapshot): boolean {
  return step.aim?.final === true && step.aim.backup === null && step.status === "succeeded" && !step.fileId;
}

/** Writes are stopped by us, and nobody has given the source back since. */
export function areWritesStopped({ steps }: Pick<MigrationSnapshot, "steps">): boolean {
  return steps.some((step) => step.kind === "stop_writes" && step.status === "succeeded");
}

function finalRound(migration: MigrationSnapshot): RoundPlan | null {
  if (isReadyToOpen(migration)) return null;
  const last = lastRound(migration);
  if (migration.backupBy === "others") {
    return last.some(isFruitlessLook) ? null : { how: "look", final: true, wait: false };
  }
  const final = migration.files.find((file) => file.final);
  if (final?.state === "refused") {
    return last.some((step) => fileOf(migration, step.fileId)?.state === "imported") ? SCAN : null;
  }
  const restricts = migration.cutover?.stopWrites === "restricted_user";
  if (restricts && !areWritesStopped(migration)) return null;
  return { how: "take", backup: "log", tail: restricts, final: true, dueAtMs: null };
}

/** The round of the schedule; once only the reserve of the day's imports is left, when the next day begins. */
function scheduledRound(prospect: Prospect, last: readonly StepSnapshot[]): RoundPlan | null {
  const plan = roundBySchedule(prospect, last);
  if (plan?.how !== "take") return plan;
  const { nowMs, migration } = prospect;
  const beginMs = Math.max(nowMs, plan.dueAtMs ?? nowMs);
  const dayBeganMs = importDayBegan(new Date(beginMs)).getTime();
  const used = migration.steps.filter(
    ({ kind, status, startedAtMs }) =>
      kind === "import" && status !== "cancelled" && startedAtMs !== null && startedAtMs >= dayBeganMs,
  ).length;
  if (used < IMPORTS_PER_DAY - RESERVED_IMPORTS) return plan;
  return { ...plan, dueAtMs: dayBeganMs + DAY_MS };
}

const DAY_MS = 24 * 3_600_000;

function roundBySchedule(prospect: Prospect, last: readonly StepSnapshot[]): RoundPlan | null {
  const { migration, nowMs } = prospect;
  const { schedule } = migration;
  if (schedule.mode !== "manual" && migration.bridgeDue) return plainRound(migration, "differential");
  switch (schedule.mode) {
    case "manual":
      return null;
    case "every": {
      const due = (startOf(last) ?? nowMs) + schedule.minutes * 60_000;
      const ahead = prospect.timeAhead(schedule.backup)?.takeAtMs ?? due;
      return plainRound(migration, schedule.backup, Math.max(nowMs, due, ahead));
    }
    case "back_to_back": {
      const ahead = prospect.timeAhead(schedule.backup);
      if (isNextLogSmall(migration, last, schedule.untilBytes, ahead?.laneFreeAtMs ?? nowMs))
        return migration.armed && ahead === null ? keepSmall(prospect, last, schedule.untilBytes) : null;
      const later = ahead !== null && ahead.takeAtMs > nowMs;
      return plainRound(migration, schedule.backup, later ? ahead.takeAtMs : null);
    }
  }
}

/** So many rounds a day leave imports for the cutover and for what goes wrong. */
const SPACED_MS = 90 * 60_000;

/** While a cutover is held the gap is to stay small: the next round is begun before the log has grown to the limit. */
function keepSmall(
  { migration, nowMs }: Prospect,
  last: readonly StepSnapshot[],
  untilBytes: number,
): RoundPlan | null {
  const start = startOf(last);
  const file = last.map((step) => fileOf(migration, step.fileId)).find((one) => one !== null);
  if (start === null || file?.type !== "log") return null;
  const hour = 3_600_000;
  const perHour = grownIn(migration, last, file.sizeBytes ?? 0, hour);
  const fullMs = perHour ? (hour * untilBytes * FORESEEN_SHARE) / perHour : LONGEST_GAP_MS;
  const due = start + Math.min(LONGEST_GAP_MS, Math.max(SPACED_MS, fullMs));
  return plainRound(migration, "log", Math.round(Math.max(nowMs, due)));
}

/** A log that hardly grows is taken as often all the same: redo takes time, too. */
const LONGEST_GAP_MS = 6 * 3_600_000;

/** How far under the limit the next log must be foreseen where the last was not small itself. */
const FORESEEN_SHARE = 0.8;

/**
 * Whether rounds have done what they are for: the log that a cutover would take is small. The size of the last one says so,
 * unless it was taken while RDS was at an earlier file: then what was written since its beginning does. `round`: its steps;
 * `untilMs`: when it is restored, where it is not yet.
 */
export function isNextLogSmall(
  migration: Pick<MigrationSnapshot, "steps" | "files">,
  round: readonly StepSnapshot[],
  limitBytes: number,
  untilMs: number,
): boolean {
  const file = round.map((step) => fileOf(migration, step.fileId)).find((one) => one !== null);
  if (file?.type !== "log" || file.sizeBytes === null) return false;
  const isSmall = file.sizeBytes <= limitBytes;
  if (!wasTakenAhead(migration, round)) return isSmall;
  const grown = grownSince(migration, round, file.sizeBytes, untilMs);
  if (grown === null) return isSmall;
  return grown <= limitBytes * (isSmall ? 1 : FORESEEN_SHARE);
}

/** While its file was taken, an earlier one was still being restored. */
function wasTakenAhead({ steps }: Pick<MigrationSnapshot, "steps">, round: readonly StepSnapshot[]): boolean {
  const start = startOf(round);
  const number = round[0]?.round ?? 0;
  return (
    start !== null &&
    steps.some((step) => (step.round ?? number) < number && (step.finishedAtMs ?? 0) > start)
  );
}

/**
 * Bytes that are written from the beginning of a log until it is restored, at the rate at which it had grown itself. Null
 * where the file before it does not tell since when it grew.
 */
function grownSince(
  migration: Pick<MigrationSnapshot, "steps" | "files">,
  round: readonly StepSnapshot[],
  bytes: number,
  untilMs: number,
): number | null {
  const start = startOf(round);
  if (start === null) return null;
  const ends = round.map((step) => step.finishedAtMs ?? untilMs);
  return grownIn(migration, round, bytes, Math.max(0, Math.max(...ends) - start));
}

/** Bytes that are written in so many milliseconds, at the rate at which this round's log had grown. Null as above. */
function grownIn(
  { steps, files }: Pick<MigrationSnapshot, "steps" | "files">,
  round: readonly StepSnapshot[],
  bytes: number,
  ms: number,
): number | null {
  const number = round[0]?.round ?? 0;
  const heads = steps.filter((step) => {
    const type = files.find((file) => file.id === step.fileId)?.type;
    return step.round !== null && step.round < number && (type === "log" || type === "full");
  });
  const before = startOf(
    heads.filter((step) => step.round === Math.max(...heads.map((head) => head.round ?? 0))),
  );
  const start = startOf(round);
  if (before === null || start === null || before >= start) return null;
  return (bytes * ms) / (start - before);
}

/** Steps of the round with the highest number that anything was done of. */
export function lastRound({ steps }: Pick<MigrationSnapshot, "steps">): StepSnapshot[] {
  const done = steps.filter((step) => step.round !== null && step.status !== "cancelled");
  const number = done.reduce((max, step) => Math.max(max, step.round ?? -1), -1);
  return done.filter((step) => step.round === number);
}

function startOf(steps: readonly StepSnapshot[]): number | null {
  const starts = steps.flatMap((step) => (step.startedAtMs === null ? [] : [step.startedAtMs]));
  return starts.length === 0 ? null : Math.min(...starts);
}

function fileOf({ files }: Pick<MigrationSnapshot, "files">, fileId: string | null) {
  return files.find((file) => file.id === fileId) ?? null;
}

function isRefused(migration: MigrationSnapshot, fileId: string | null): boolean {
  return fileOf(migration, fileId)?.state === "refused";
}
