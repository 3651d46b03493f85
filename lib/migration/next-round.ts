import type { BackupKind } from "@/lib/backup/backup-kind";
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
    // A full that was refused waits for a person; only the first is taken unasked.
    if (round > 0 && backupBy === "app") return null;
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

function scheduledRound(prospect: Prospect, last: readonly StepSnapshot[]): RoundPlan | null {
  const { migration, nowMs, idle } = prospect;
  const { schedule } = migration;
  switch (schedule.mode) {
    case "manual":
      return null;
    case "every": {
      const due = (startOf(last) ?? nowMs) + schedule.minutes * 60_000;
      return plainRound(migration, schedule.backup, Math.max(nowMs, due));
    }
    case "back_to_back": {
      const file = last.map((step) => fileOf(migration, step.fileId)).find((one) => one !== null);
      const small = file?.type === "log" && file.sizeBytes !== null && file.sizeBytes <= schedule.untilBytes;
      if (!small) return plainRound(migration, schedule.backup);
      // A small log that waited for the restore before it says little of what was written since: one more tells.
      return idle && wasTakenAhead(migration, last) ? plainRound(migration, schedule.backup) : null;
    }
  }
}

/** While its file was taken, an earlier one was still being restored. */
function wasTakenAhead({ steps }: MigrationSnapshot, round: readonly StepSnapshot[]): boolean {
  const start = startOf(round);
  const number = round[0]?.round ?? 0;
  return (
    start !== null &&
    steps.some((step) => (step.round ?? number) < number && (step.finishedAtMs ?? 0) > start)
  );
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

function fileOf({ files }: MigrationSnapshot, fileId: string | null) {
  return files.find((file) => file.id === fileId) ?? null;
}

function isRefused(migration: MigrationSnapshot, fileId: string | null): boolean {
  return fileOf(migration, fileId)?.state === "refused";
}
