import type { Prisma } from "./generated/client";
import { readWhole, type StoredMigration } from "./packed-migrations";
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

/** Of `include`: the open ones, in their order. */
export const WITH_ALARMS = { alarms: { where: { clearedAt: null }, orderBy: { raisedAt: "asc" } } } as const;

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
  const [row] = await readWhole(tx, [migrationId]);
  return row === undefined ? null : { ...rowsOf(row), files: row.files.map(readFile) };
}

export function slimMigration(row: StoredMigration): MigrationRows<SlimFileRow> {
  return { ...rowsOf(row), files: row.files.map(readSlimFile) };
}

function rowsOf(row: StoredMigration<unknown>) {
  return { ...readMigration(row), steps: row.steps.map(readStep), alarms: row.alarms.map(readAlarm) };
}
