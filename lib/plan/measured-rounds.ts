import type { BackupKind } from "@/lib/backup/backup-kind";
import { isBackupKind } from "@/lib/backup/backup-kind";
import type { MeasuredRound } from "@/lib/forecast/measured-round";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import type { FileSnapshot, MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import type { FileState } from "@/lib/migration/vocabulary/file-state";

/**
 * The files that went all the way into the target, in the order in which they did, with what each part took. Reading the
 * header is counted with the import. Looking for a file and waiting until the lane of imports is free are in no part: at
 * the cutover nothing is looked for, and nothing else is in hand.
 */
export function measuredRounds(migration: MigrationSnapshot): MeasuredRound[] {
  return roundsOfFiles(migration, ["imported"]);
}

/** The same, and those that RDS is at: what their imports take is not known yet. */
export function roundsAtRds(migration: MigrationSnapshot): MeasuredRound[] {
  return roundsOfFiles(migration, ["imported", "importing"]);
}

function roundsOfFiles(migration: MigrationSnapshot, states: readonly FileState[]): MeasuredRound[] {
  const steps = new Map<string, StepSnapshot[]>();
  for (const step of [...migration.steps].sort((a, b) => a.ordinal - b.ordinal)) {
    if (step.fileId === null || step.round === null) continue;
    const known = steps.get(step.fileId);
    if (known) known.push(step);
    else steps.set(step.fileId, [step]);
  }
  return migration.files
    .flatMap((file) => {
      const { type } = file;
      if (!states.includes(file.state) || type === null || !isBackupKind(type)) return [];
      const round = measureRound(file, type, steps.get(file.id) ?? []);
      return round ? [round] : [];
    })
    .sort((a, b) => a.startedAtMs - b.startedAtMs);
}

function measureRound(
  file: FileSnapshot,
  type: BackupKind,
  steps: readonly StepSnapshot[],
): MeasuredRound | null {
  const backup = spanOf(steps, ["backup"]);
  // A file that others took began earlier than anybody saw; the first that is known of it is that it was found.
  const found = steps[0]?.finishedAtMs ?? null;
  const startedAtMs = backup?.fromMs ?? found;
  if (file.sizeBytes === null || startedAtMs === null) return null;
  const read = spanOf(steps, ["inspect"]);
  const imported = spanOf(steps, ["import", "await_import"]);
  return {
    type,
    bytes: file.sizeBytes,
    startedAtMs,
    backupSeconds: secondsOf(backup),
    uploadSeconds: secondsOf(spanOf(steps, ["upload"])),
    importSeconds:
      file.state !== "imported" || imported === null
        ? null
        : (secondsOf(imported) ?? 0) + (secondsOf(read) ?? 0),
  };
}

interface Span {
  fromMs: number;
  toMs: number;
}

/** From the first start to the last end of steps of these kinds. */
function spanOf(steps: readonly StepSnapshot[], kinds: readonly StepKind[]): Span | null {
  const spans = steps.flatMap(({ kind, status, startedAtMs, finishedAtMs }) =>
    kinds.includes(kind) && status === "succeeded" && startedAtMs !== null && finishedAtMs !== null
      ? [{ fromMs: startedAtMs, toMs: finishedAtMs }]
      : [],
  );
  if (spans.length === 0) return null;
  return {
    fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...spans.map(({ toMs }) => toMs)),
  };
}

function secondsOf(span: Span | null): number | null {
  return span && (span.toMs - span.fromMs) / 1_000;
}
