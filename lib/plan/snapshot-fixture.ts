import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import type { FileSnapshot, MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";

/** A step that succeeded, of round and file. */
export function step(
  kind: StepKind,
  round: number | null,
  fileId: string | null,
  more: Partial<StepSnapshot> = {},
): StepSnapshot {
  return {
    id: `${kind}:${round}`,
    key: `${kind}:${round}`,
    kind,
    status: "succeeded",
    ordinal: 0,
    round,
    fileId,
    aim: null,
    startedAtMs: 1_000,
    finishedAtMs: 2_000,
    dueAtMs: null,
    held: null,
    gate: null,
    ...more,
  };
}

/** A file that was imported. */
export function file(id: string, type: FileSnapshot["type"], more: Partial<FileSnapshot> = {}): FileSnapshot {
  return {
    id,
    name: `${id}.bak`,
    state: "imported",
    type,
    final: false,
    tail: false,
    sizeBytes: 1_000,
    needsUpload: false,
    ...more,
  };
}

/** A running migration; ordinals follow the order of the steps. */
export function migration(steps: StepSnapshot[], more: Partial<MigrationSnapshot> = {}): MigrationSnapshot {
  return {
    id: "m",
    status: "running",
    phase: "full",
    method: "access_pending",
    transport: "shared_folder",
    backupBy: "app",
    schedule: { mode: "manual" },
    rehearsal: false,
    rehearsed: null,
    cutover: null,
    armed: false,
    hook: null,
    checklist: null,
    bridgeDue: false,
    heldBecause: null,
    wave: { restoreHeld: false, roundsHeld: false },
    custody: null,
    release: null,
    firstObjectKey: null,
    alarms: [],
    unclearTimelines: 0,
    lastLogLimitBytes: LAST_LOG_LIMIT_BYTES,
    files: [],
    ...more,
    steps: steps.map((entry, index) => ({ ...entry, ordinal: index + 1 })),
  };
}

/** Up to the restored full. */
export const FULL_ROUND = [
  step("preflight", null, null),
  step("backup", 0, "f0"),
  step("upload", 0, "f0"),
  step("inspect", 0, "f0"),
  step("import", 0, "f0"),
  step("await_import", 0, "f0"),
];
export const CUTOVER = {
  requestedAt: "2026-01-01T00:00:00Z",
  stopWrites: "restricted_user",
  checkMode: "async",
  deadline: null,
  forecastSeconds: null,
} as const;

const KINDS = ["backup", "upload", "inspect", "import", "await_import"] as const;

/** The steps of a taken file up to the named one, all succeeded; `last` changes that one. */
export function roundOf(
  round: number,
  fileId: string,
  upTo: (typeof KINDS)[number],
  all: Partial<StepSnapshot> = {},
  last: Partial<StepSnapshot> = {},
): StepSnapshot[] {
  return KINDS.slice(0, KINDS.indexOf(upTo) + 1).map((kind) =>
    step(kind, round, fileId, { ...all, ...(kind === upTo ? last : {}) }),
  );
}
