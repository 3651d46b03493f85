import type { BackupKind } from "@/lib/backup/backup-kind";
import { isBackupKind } from "@/lib/backup/backup-kind";
import type { MeasuredRound } from "@/lib/forecast/measured-round";
import { timeNextFile } from "@/lib/forecast/time-next-file";
import type { NextRoundTiming } from "@/lib/migration/next-round";
import type { MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import { roundsAtRds } from "./measured-rounds";

/** What is known of how fast an instance restores beside what this migration has seen of it. */
export interface InstancePace {
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor: number;
  /** Fulls that it restored for other migrations, the oldest first. */
  earlierRestores: readonly MeasuredRound[];
}

export const UNKNOWN_PACE: InstancePace = { timeFactor: 1, earlierRestores: [] };

/**
 * When to begin the next backup so that its file lies in OSS when RDS has restored what it is at. Null: RDS is at nothing,
 * or it is not known of what the file will have to bring.
 */
export function timeAhead(
  migration: MigrationSnapshot,
  backup: BackupKind,
  pace: InstancePace,
): NextRoundTiming | null {
  const importing = migration.files.find(({ state }) => state === "importing");
  if (!importing?.type || !isBackupKind(importing.type) || importing.sizeBytes === null) return null;
  const sinceMs = firstStartOf(
    migration.steps.filter(
      ({ fileId, kind }) => fileId === importing.id && (kind === "import" || kind === "await_import"),
    ),
  );
  const rounds = roundsAtRds(migration);
  // A differential holds what was written since the full; a log, since the log before it, or the full.
  const before = rounds.findLast(({ type }) => type === "full" || (backup === "log" && type === "log"));
  if (sinceMs === null || !before) return null;
  return timeNextFile({
    backup,
    importing: { type: importing.type, bytes: importing.sizeBytes, sinceMs },
    heldUntilMs: before.startedAtMs,
    rounds,
    ...pace,
  });
}

/** A round that only waits for its hour may be replaced; one that was asked for may not. */
export function waitsForItsHour(step: StepSnapshot): boolean {
  return step.status === "queued" && step.aim?.backup != null && step.dueAtMs !== null;
}

/** Whether the instance's pace decides anything now: a file that RDS is at, and a round that may be prepared meanwhile. */
export function asksForPace({ backupBy, schedule, files, cutover, release }: MigrationSnapshot): boolean {
  if (backupBy === "others" || schedule.mode === "manual" || cutover || release) return false;
  return files.some(({ state }) => state === "importing");
}

function firstStartOf(steps: readonly StepSnapshot[]): number | null {
  const starts = steps.flatMap(({ startedAtMs }) => (startedAtMs === null ? [] : [startedAtMs]));
  return starts.length === 0 ? null : Math.min(...starts);
}
