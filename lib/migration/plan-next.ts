import type { BackupKind } from "@/lib/backup/backup-kind";
import type { StepKind } from "./generated/step-kinds";
import {
  isFullImported,
  isOpenStep,
  lastStep,
  type MigrationSnapshot,
  nextRound,
  type PlannedStep,
  type StepSnapshot,
} from "./snapshot";

function step(
  kind: StepKind,
  round: number | null,
  fileId: string | null,
  input: PlannedStep["input"] = {},
  dueAtMs: number | null = null,
): PlannedStep {
  return { kind, round, fileId, dueAtMs, input };
}

/**
 * What comes next, from what has happened: pure, so that planning again after a crash gives the same answer.
 * Empty while a step is open, when a person must ask for the next round, or when all is done.
 */
export function planNext(migration: MigrationSnapshot, nowMs: number): PlannedStep[] {
  if (migration.status === "draft" || migration.status === "cancelled" || migration.status === "succeeded")
    return [];
  if (migration.steps.some(isOpenStep)) return [];
  const last = lastStep(migration.steps);
  if (last === null) return [step("preflight", null, null)];
  const following = planWithinRound(migration, last);
  if (following) return [following];
  return planBetweenRounds(migration, last, nowMs);
}

/** The next step for the same file, or null when its round has ended. */
function planWithinRound(migration: MigrationSnapshot, last: StepSnapshot): PlannedStep | null {
  if (last.status !== "succeeded") return null;
  const file = migration.files.find((candidate) => candidate.id === last.fileId);
  switch (last.kind) {
    case "backup":
      return step("upload", last.round, last.fileId);
    case "find_file":
      if (!file) return null;
      return step(file.needsUpload ? "upload" : "inspect", last.round, last.fileId);
    case "upload":
      return step("inspect", last.round, last.fileId);
    case "inspect":
      return step("import", last.round, last.fileId);
    case "import":
      return step("await_import", last.round, last.fileId);
    case "open":
      return step("await_open", null, null);
    case "await_open":
      return step("await_check", null, null);
    case "await_import":
      if (migration.method !== "immediate") return null;
      return step("await_check", null, null);
    case "preflight":
    case "stop_writes":
    case "await_check":
      return null;
  }
}

function planBetweenRounds(migration: MigrationSnapshot, last: StepSnapshot, nowMs: number): PlannedStep[] {
  if (last.kind === "await_check") return [];
  const round = nextRound(migration.steps);
  if (!isFullImported(migration.files)) {
    // A full that was refused waits for a person; only the first is taken unasked.
    if (round > 0 && migration.backupBy === "app") return [];
    const chosen = migration.firstObjectKey;
    if (chosen !== null) return [step("find_file", round, null, { final: false, wait: true, key: chosen })];
    return [planRound(migration, round, "full")];
  }
  if (migration.method === "immediate") return [];
  if (migration.cutover) return planCutover(migration, last, round);
  if (migration.backupBy === "others") return [planRound(migration, round, "log")];
  return planScheduled(migration, last, round, nowMs);
}

/** A round that begins with taking or finding a file. */
export function planRound(
  migration: Pick<MigrationSnapshot, "backupBy">,
  round: number,
  backup: BackupKind,
  dueAtMs: number | null = null,
): PlannedStep {
  if (migration.backupBy === "others")
    return step("find_file", round, null, { final: false, wait: true }, dueAtMs);
  return step("backup", round, null, { backup, tail: false, final: false }, dueAtMs);
}

/** Looks once at the files that are there: in the bucket and among those refused before. */
export function planScan(round: number): PlannedStep {
  return step("find_file", round, null, { final: false, wait: false });
}

function planCutover(migration: MigrationSnapshot, last: StepSnapshot, round: number): PlannedStep[] {
  const cutover = migration.cutover;
  if (!cutover) return [];
  const finalFile = migration.files.find((file) => file.final);
  if (finalFile && (finalFile.state === "imported" || finalFile.state === "skipped"))
    return [step("open", null, null)];
  if (migration.backupBy === "others") {
    // The operator said that nothing more comes: apply what is there, then open.
    if (last.kind === "find_file" && last.fileId === null) {
      // A file that does not fit may hold the last changes: somebody must say so or supply what is missing.
      const refused = migration.files.some((file) => file.state === "refused");
      return refused ? [] : [step("open", null, null)];
    }
    return [step("find_file", round, null, { final: true, wait: false })];
  }
  if (finalFile?.state === "refused") return last.kind === "await_import" ? [planScan(round)] : [];
  if (cutover.stopWrites === "restricted_user") {
    const stopped = migration.steps.some(
      (candidate) => candidate.kind === "stop_writes" && candidate.status === "succeeded",
    );
    if (!stopped) return [step("stop_writes", null, null)];
    return [step("backup", round, null, { backup: "log", tail: true, final: true })];
  }
  return [step("backup", round, null, { backup: "log", tail: false, final: true })];
}

function planScheduled(
  migration: MigrationSnapshot,
  last: StepSnapshot,
  round: number,
  nowMs: number,
): PlannedStep[] {
  // After a refusal a person decides: another backup of the same kind would be refused too.
  if (
    last.status === "refused" &&
    migration.files.some((file) => file.id === last.fileId && file.state === "refused")
  )
    return [];
  // Something filled a hole: what was refused before may fit, or be superfluous, now.
  if (last.kind === "await_import" && migration.files.some((file) => file.state === "refused"))
    return [planScan(round)];
  const schedule = migration.schedule;
  switch (schedule.mode) {
    case "manual":
      return [];
    case "every": {
      const begun = roundStart(migration.steps, round - 1) ?? nowMs;
      return [
        planRound(migration, round, schedule.backup, Math.max(nowMs, begun + schedule.minutes * 60_000)),
      ];
    }
    case "back_to_back": {
      const file = migration.files.find((candidate) => candidate.id === last.fileId);
      const small = file?.type === "log" && file.sizeBytes !== null && file.sizeBytes <= schedule.untilBytes;
      return small ? [] : [planRound(migration, round, schedule.backup)];
    }
  }
}

function roundStart(steps: StepSnapshot[], round: number): number | null {
  const started = steps.filter((candidate) => candidate.round === round && candidate.startedAtMs !== null);
  return started.reduce<number | null>((min, candidate) => {
    const at = candidate.startedAtMs ?? 0;
    return min === null ? at : Math.min(min, at);
  }, null);
}
