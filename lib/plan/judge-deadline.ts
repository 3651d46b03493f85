import { type DowntimePart, type DowntimeProgress, forecastRest } from "@/lib/forecast/forecast-rest";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { areWritesStopped, isReadyToOpen } from "@/lib/migration/next-round";
import { isOpenStep, type MigrationSnapshot } from "@/lib/migration/snapshot";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import type { DeadlineWhy } from "@/lib/migration/vocabulary/deadline";
import { measuredRounds } from "./measured-rounds";

interface DeadlineFacts {
  nowMs: number;
  /** From when on the source stands still; null: it does not. */
  stoppedAtMs: number | null;
  checkMode: CheckMode;
  /** How many times faster than real ones the services run. */
  timeFactor: number;
}

export interface PassedDeadline {
  why: DeadlineWhy;
  /** What was forecast to be left, as likely passed as not. */
  restSeconds: number;
}

/**
 * Whether a cutover has passed its deadline: the time is over, or the rest is more likely than not to last longer than the time
 * that is left. Null: it has not, it has none, or that was told already. Whether anything can still be taken back is not asked.
 */
export function judgeDeadline(migration: MigrationSnapshot, facts: DeadlineFacts): PassedDeadline | null {
  const { cutover, release } = migration;
  const deadline = cutover?.deadline ?? null;
  if (deadline === null || deadline.passed !== null || release !== null || facts.stoppedAtMs === null)
    return null;
  const elapsed = (facts.nowMs - facts.stoppedAtMs) / 1_000;
  const left = deadline.minutes * 60 - elapsed;
  const rounds = measuredRounds(migration);
  const newest = rounds.at(-1);
  const rest = forecastRest(
    {
      ...facts,
      limitBytes: migration.lastLogLimitBytes,
      rounds,
      gapSeconds: newest ? Math.max(0, (facts.stoppedAtMs - newest.startedAtMs) / 1_000) : null,
      gapBytes: null,
      rehearsal: migration.rehearsed,
    },
    progressOf(migration, facts.nowMs),
  );
  const restSeconds = Math.round(rest.p50 * 10) / 10;
  if (left <= 0) return { why: "reached", restSeconds };
  return rest.p50 > left ? { why: "forecast", restSeconds } : null;
}

const PART_OF: Partial<Readonly<Record<StepKind, DowntimePart>>> = {
  stop_writes: "stop",
  backup: "backup",
  find_file: "backup",
  upload: "upload",
  inspect: "import",
  import: "import",
  await_import: "import",
  open: "open",
  await_open: "open",
};

/** How far the cutover is, from its steps and its last file. */
function progressOf(migration: MigrationSnapshot, nowMs: number): DowntimeProgress {
  const { steps, backupBy, transport, cutover } = migration;
  const final = migration.files.find((file) => file.final) ?? null;
  const done = new Set<DowntimePart>();
  if (cutover?.stopWrites === "operator" || areWritesStopped(migration)) done.add("stop");
  if (final !== null || backupBy === "others") done.add("backup");
  if (final ? !final.needsUpload : transport === "bucket_watch") done.add("upload");
  if (isReadyToOpen(migration)) for (const part of ["backup", "upload", "import"] as const) done.add(part);
  const open = steps.find((step) => isOpenStep(step) && step.startedAtMs !== null && PART_OF[step.kind]);
  const part = open && PART_OF[open.kind];
  // A part of several steps began with the first of them.
  const starts = steps.flatMap(({ kind, fileId, status, startedAtMs }) =>
    part && PART_OF[kind] === part && fileId === open.fileId && status !== "cancelled" && startedAtMs !== null
      ? [startedAtMs]
      : [],
  );
  const current = part ? { part, seconds: Math.max(0, (nowMs - Math.min(...starts)) / 1_000) } : null;
  return { done, current, bytes: final?.sizeBytes ?? null };
}
