import { z } from "zod";
import { Failure } from "@/lib/contracts/connection";
import { FileVerdictView } from "@/lib/contracts/migration";
import { STEP_KINDS, type StepKind } from "@/lib/migration/generated/step-kinds";
import { FILE_STATES } from "@/lib/migration/vocabulary/file-state";
import { FILE_TYPES } from "@/lib/migration/vocabulary/file-type";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { Prisma } from "./generated/client";
import type { RuledFile, RuledStep } from "./migration-rows";
import { columnsOf } from "./read-column";
import { unreadableFailure } from "./typed-rows";

type RawDb = Pick<Prisma.TransactionClient, "$queryRaw">;

/** Steps or files of many migrations, those of each as one JSON text; read with `unpackSteps`, `unpackFiles`. */
export type Packed = ReadonlyMap<string, string>;

/** As `extract` tells it: milliseconds since 1970. */
const Instant = z
  .number()
  .nullable()
  .transform((ms) => (ms === null ? null : new Date(ms)));
const Text = z.string().nullable();

const PackedSteps = z.array(
  z.object({
    id: z.string(),
    key: z.string(),
    kind: z.string(),
    status: z.string(),
    ordinal: z.number(),
    fileId: Text,
    startedAt: Instant,
    finishedAt: Instant,
    dueAt: Instant,
    error: z.unknown(),
    input: z.unknown(),
    result: z.unknown(),
  }),
);
const PackedFiles = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    state: z.string(),
    type: Text,
    tail: z.boolean(),
    final: z.boolean(),
    sizeBytes: Text.transform((digits) => (digits === null ? null : BigInt(digits))),
    localPath: Text,
    startedAtLocal: Text,
    finishedAtLocal: Text,
    utcOffsetMinutes: z.number().nullable(),
    verdict: z.unknown(),
    uploadedAt: Instant,
    importedAt: Instant,
  }),
);

const ms = (column: string) => Prisma.raw(`(extract(epoch FROM "${column}") * 1000)::bigint`);

/**
 * What the rules read of the steps of these migrations, in one statement with one row a migration: a list of hundreds with a
 * hundred steps each is seconds and a gigabyte row by row. Input and result only of the kinds whose definitions look at them.
 */
export async function packSteps(
  db: RawDb,
  migrationIds: readonly string[],
  looked: { inputOf: readonly StepKind[]; resultOf: readonly StepKind[] },
): Promise<Packed> {
  const among = (kinds: readonly StepKind[]) => Prisma.sql`"kind" = ANY(${[...kinds]}::text[])`;
  return pack(
    db,
    migrationIds,
    Prisma.sql`"MigrationStep"`,
    Prisma.sql`json_build_object('id', "id", 'key', "key", 'kind', "kind", 'status', "status", 'ordinal', "ordinal",
      'fileId', "fileId", 'startedAt', ${ms("startedAt")}, 'finishedAt', ${ms("finishedAt")}, 'dueAt', ${ms("dueAt")},
      'error', "error", 'input', CASE WHEN ${among(looked.inputOf)} THEN "input" END,
      'result', CASE WHEN ${among(looked.resultOf)} THEN "result" END) ORDER BY "ordinal"`,
  );
}

/** The same of files. */
export async function packFiles(db: RawDb, migrationIds: readonly string[]): Promise<Packed> {
  return pack(
    db,
    migrationIds,
    Prisma.sql`"BackupFile"`,
    Prisma.sql`json_build_object('id', "id", 'name', "name", 'state', "state", 'type', "type", 'tail', "tail",
      'final', "final", 'sizeBytes', "sizeBytes"::text, 'localPath', "localPath", 'startedAtLocal', "startedAtLocal",
      'finishedAtLocal', "finishedAtLocal", 'utcOffsetMinutes', "utcOffsetMinutes", 'verdict', "verdict",
      'uploadedAt', ${ms("uploadedAt")}, 'importedAt', ${ms("importedAt")}) ORDER BY "createdAt"`,
  );
}

async function pack(
  db: RawDb,
  migrationIds: readonly string[],
  table: Prisma.Sql,
  each: Prisma.Sql,
): Promise<Packed> {
  if (migrationIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ migrationId: string; packed: string }[]>`
    SELECT "migrationId", json_agg(${each})::text AS packed FROM ${table}
    WHERE "migrationId" = ANY(${[...migrationIds]}::text[]) GROUP BY "migrationId"`;
  return new Map(rows.map(({ migrationId, packed }) => [migrationId, packed]));
}

/** Throws AppError `stored_value_unreadable` as `readStep` does. */
export function unpackSteps(packed: Packed, migrationId: string): RuledStep[] {
  return PackedSteps.parse(JSON.parse(packed.get(migrationId) ?? "[]")).map((row) => {
    const { word, shown } = columnsOf("MigrationStep", row);
    return {
      ...row,
      checkpoint: null,
      kind: word("kind", STEP_KINDS),
      status: word("status", STATUSES),
      error: shown("error", Failure.nullable(), unreadableFailure(row.id)),
    };
  });
}

/** Throws AppError `stored_value_unreadable` as `readSlimFile` does. */
export function unpackFiles(packed: Packed, migrationId: string): RuledFile[] {
  return PackedFiles.parse(JSON.parse(packed.get(migrationId) ?? "[]")).map((row) => {
    const { word, shown } = columnsOf("BackupFile", row);
    return {
      ...row,
      state: word("state", FILE_STATES),
      type: word("type", FILE_TYPES),
      verdict: shown("verdict", FileVerdictView.nullable(), null),
    };
  });
}
