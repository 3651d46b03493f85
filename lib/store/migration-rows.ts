import { STEP_KINDS, type StepKind } from "@/lib/migration/generated/step-kinds";
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

/** Throws when the row's kind is none of this version. */
export function stepKindOf(row: Pick<MigrationStep, "id" | "kind">): StepKind {
  const kind = STEP_KINDS.find((candidate) => candidate === row.kind);
  if (kind === undefined) throw new Error(`Step ${row.id} is of the unknown kind ${row.kind}`);
  return kind;
}
