import { STEP_KINDS, type StepKind } from "@/lib/migration/generated/step-kinds";
import type { FileSnapshot, MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import type { DriftKind } from "@/lib/migration/vocabulary/drift-kind";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { BackupFile, DriftAlarm, Migration, MigrationStep, Prisma } from "./generated/client";

/** A file without what is large: a list of thousands is read without it. */
export type SlimFile = Omit<BackupFile, "header" | "receipt">;
export const OPEN_ALARMS = { where: { clearedAt: null }, orderBy: { raisedAt: "asc" } } as const;
export const SLIM_FILE = { header: true, receipt: true } as const;

/** A migration with all that the rules read. */
export type MigrationRows<File extends SlimFile = BackupFile> = Migration & {
  steps: MigrationStep[];
  files: File[];
  alarms: DriftAlarm[];
};

export async function loadMigration(
  tx: Prisma.TransactionClient,
  migrationId: string,
): Promise<MigrationRows | null> {
  return tx.migration.findUnique({
    where: { id: migrationId },
    include: {
      steps: { orderBy: { ordinal: "asc" } },
      files: { orderBy: { createdAt: "asc" } },
      alarms: OPEN_ALARMS,
    },
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The round in a step's key, `upload:3` -> 3. */
export function roundOfKey(key: string): number | null {
  const match = /:(\d+)$/.exec(key);
  return match ? Number(match[1]) : null;
}

/** Throws when the row's kind is none of this version. */
export function stepKindOf(row: Pick<MigrationStep, "id" | "kind">): StepKind {
  const kind = STEP_KINDS.find((candidate) => candidate === row.kind);
  if (kind === undefined) throw new Error(`Step ${row.id} is of the unknown kind ${row.kind}`);
  return kind;
}

function stepSnapshot(row: MigrationStep): StepSnapshot {
  return {
    id: row.id,
    key: row.key,
    kind: stepKindOf(row),
    status: row.status as Status,
    ordinal: row.ordinal,
    round: roundOfKey(row.key),
    fileId: row.fileId,
    startedAtMs: row.startedAt?.getTime() ?? null,
    finishedAtMs: row.finishedAt?.getTime() ?? null,
    dueAtMs: row.dueAt?.getTime() ?? null,
  };
}

function fileSnapshot(row: SlimFile): FileSnapshot {
  return {
    id: row.id,
    name: row.name,
    state: row.state as FileSnapshot["state"],
    type: row.type as FileSnapshot["type"],
    final: row.final,
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    needsUpload: row.localPath !== null && row.uploadedAt === null,
  };
}

/** The rows as the pure rules of lib/migration want them. */
export function snapshotOf(row: MigrationRows<SlimFile>): MigrationSnapshot {
  return {
    id: row.id,
    status: row.status as MigrationSnapshot["status"],
    phase: row.phase as MigrationSnapshot["phase"],
    method: (row.method ?? "access_pending") as MigrationSnapshot["method"],
    transport: (row.transport ?? "shared_folder") as MigrationSnapshot["transport"],
    backupBy: (row.backupBy ?? "app") as MigrationSnapshot["backupBy"],
    schedule: (row.schedule ?? { mode: "manual" }) as unknown as MigrationSnapshot["schedule"],
    cutover: row.cutover as unknown as MigrationSnapshot["cutover"],
    firstObjectKey:
      isRecord(row.draft) && typeof row.draft.firstObjectKey === "string" ? row.draft.firstObjectKey : null,
    steps: row.steps.map(stepSnapshot),
    files: row.files.map(fileSnapshot),
    alarms: row.alarms.map((alarm) => alarm.kind as DriftKind),
  };
}
