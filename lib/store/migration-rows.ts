import type { BackupFile, DriftAlarm, Migration, MigrationStep, Prisma } from "./generated/client";
import {
  type AlarmRow,
  type FileRow,
  type MigrationRow,
  readAlarm,
  readFile,
  readMigration,
  readSlimFile,
  readStep,
  type SlimFileRow,
  type StepRow,
} from "./typed-rows";

const WITH_STEPS = { steps: { orderBy: { ordinal: "asc" } } } as const;
/** Of `include`: the open ones, in their order. */
export const WITH_ALARMS = { alarms: { where: { clearedAt: null }, orderBy: { raisedAt: "asc" } } } as const;

/** Of `include`: steps, open alarms and files without what is large in them; `slimMigration` reads it. */
export const WITH_SLIM_ROWS = {
  ...WITH_STEPS,
  ...WITH_ALARMS,
  files: { orderBy: { createdAt: "asc" }, omit: { header: true, receipt: true } },
} as const;

/** A migration with all that the rules read. */
export type MigrationRows<File extends SlimFileRow = FileRow> = MigrationRow & {
  steps: StepRow[];
  files: File[];
  alarms: AlarmRow[];
};

/** What the rules read of a step. The JSON columns are looked at by its kind's definition only. */
export interface RuledStep
  extends Pick<
    StepRow,
    "id" | "key" | "kind" | "status" | "ordinal" | "fileId" | "startedAt" | "finishedAt" | "dueAt" | "error"
  > {
  input: unknown;
  checkpoint: unknown;
  result: unknown;
}

/** What the rules and a summary read of a file. */
export type RuledFile = Pick<
  SlimFileRow,
  | ("id" | "name" | "state" | "type" | "tail" | "final" | "sizeBytes" | "localPath" | "verdict")
  | ("startedAtLocal" | "finishedAtLocal" | "utcOffsetMinutes" | "uploadedAt" | "importedAt")
>;

/** A migration with what a list of all can afford. */
export type RuledMigration = MigrationRow & {
  steps: RuledStep[];
  files: RuledFile[];
  alarms: Pick<AlarmRow, "kind">[];
};

/**
 * Takes the migration's row until the end of the transaction. Who changes steps takes it first: two that settle at the
 * same time would each plan as if the other were still open, and what follows both would never come.
 */
export async function lockMigration(tx: Prisma.TransactionClient, migrationId: string): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Migration" WHERE "id" = ${migrationId} FOR UPDATE`;
}

export async function loadMigration(
  tx: Prisma.TransactionClient,
  migrationId: string,
): Promise<MigrationRows | null> {
  const row = await tx.migration.findUnique({
    where: { id: migrationId },
    include: { ...WITH_STEPS, ...WITH_ALARMS, files: { orderBy: { createdAt: "asc" } } },
  });
  return row && { ...rowsOf(row), files: row.files.map(readFile) };
}

type Raw<File> = Migration & { steps: MigrationStep[]; files: File[]; alarms: DriftAlarm[] };

export function slimMigration(row: Raw<Omit<BackupFile, "header" | "receipt">>): MigrationRows<SlimFileRow> {
  return { ...rowsOf(row), files: row.files.map(readSlimFile) };
}

function rowsOf(row: Raw<unknown>) {
  return { ...readMigration(row), steps: row.steps.map(readStep), alarms: row.alarms.map(readAlarm) };
}
