import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import {
  HISTORY_PAGE,
  type HistoryFilter,
  type HistoryMigrationPage,
  type HistoryMigrationView,
} from "@/lib/contracts/history";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { PHASES } from "@/lib/migration/vocabulary/phase";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { migrationsInScopeSql } from "@/lib/services/scope/require-scope";
import { type Migration, Prisma } from "@/lib/store/generated/client";
import { migrationsWithFile } from "./migrations-with-file";
import { type HistorySource, readPage } from "./read-page";
import { among, findFew, holds, holdsOften, withinDays, words } from "./sql-parts";
import { wantedWords } from "./wanted-words";

const STARTED = Prisma.sql`coalesce(m."startedAt", m."createdAt")`;
const SAID = [
  ...["name", "sourceDatabase", "targetDatabase", "instanceId", "rdsTaskId", "ticket", "createdBy"],
  ...["bucket", "prefix"],
];
/** Of the table `m`. */
export const WORDS_OF_MIGRATION = words(SAID.map((column) => Prisma.raw(`m."${column}"`)));

type Row = Pick<
  Migration,
  | ("id" | "name" | "status" | "phase" | "method" | "sandbox" | "instanceId" | "sourceDatabase")
  | ("targetDatabase" | "ticket" | "createdAt" | "startedAt" | "onlineAt" | "finishedAt")
> & { account: string | null; person: string; files: number };

const SOURCE: HistorySource = {
  columns: Prisma.sql`m."id", m."name", m."status", m."phase", m."method", m."sandbox", m."instanceId",
    m."sourceDatabase", m."targetDatabase", m."ticket", m."createdAt", m."startedAt", m."onlineAt", m."finishedAt",
    m."createdBy" AS "person", c."name" AS "account",
    (SELECT count(*)::int FROM "BackupFile" f WHERE f."migrationId" = m."id") AS "files"`,
  from: Prisma.sql`"Migration" m LEFT JOIN "Connection" c ON c."id" = m."cloudConnectionId"`,
  sorts: {
    started: STARTED,
    ended: Prisma.sql`coalesce(m."finishedAt", 'infinity')`,
    database: Prisma.sql`lower(coalesce(m."sourceDatabase", ''))`,
    instance: Prisma.sql`coalesce(m."instanceId", '')`,
    status: Prisma.sql`m."status"`,
    person: Prisma.sql`m."createdBy"`,
  },
  key: [Prisma.sql`m."id"`],
};

/** A page of all migrations, drafts and cancelled ones too, by what is written of them: nothing is computed. */
export async function findMigrations({ ctx, input }: Use<HistoryFilter>): Promise<HistoryMigrationPage> {
  return readMigrations(ctx, input, HISTORY_PAGE);
}

/** The same with as many rows as asked for. */
export async function readMigrations(
  ctx: Ctx,
  filter: HistoryFilter,
  limit: number,
): Promise<HistoryMigrationPage> {
  requireRole(ctx.actor, "viewer");
  const conditions = await conditionsOf(ctx, filter);
  const { rows, next } = await readPage<Row>(ctx.db, { source: SOURCE, filter, conditions, limit });
  return { rows: rows.map(viewOf), next };
}

function viewOf(row: Row): HistoryMigrationView {
  const { id, name, sandbox, account, instanceId, sourceDatabase, targetDatabase, ticket, person } = row;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...{ id, name, sandbox, account, instanceId, sourceDatabase, targetDatabase, ticket, person },
    // A word of a later version is shown as unknown: one row must not hide fifty.
    status: STATUSES.find((known) => known === row.status) ?? "unknown",
    phase: PHASES.find((known) => known === row.phase) ?? "preflight",
    method: MIGRATION_METHODS.find((known) => known === row.method) ?? null,
    files: Number(row.files),
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    onlineAt: iso(row.onlineAt),
    finishedAt: iso(row.finishedAt),
  };
}

async function conditionsOf(ctx: Ctx, filter: HistoryFilter): Promise<(Prisma.Sql | null)[]> {
  const { account, instance, database, person, file, q } = filter;
  const { statuses, methods, lsn } = wantedWords(filter, STATUSES);
  const names = Prisma.sql`lower(coalesce(m."sourceDatabase", '') || ' ' || coalesce(m."targetDatabase", ''))`;
  return [
    ...migrationsInScopeSql(ctx.actor),
    account === "" ? null : Prisma.sql`m."cloudConnectionId" = ${account}`,
    instance === "" ? null : Prisma.sql`m."instanceId" = ${instance}`,
    database === "" ? null : holds(names, database),
    statuses === null ? null : among(Prisma.sql`m."status"`, statuses),
    methods === null ? null : among(Prisma.sql`m."method"`, methods),
    person === "" ? null : Prisma.sql`m."createdBy" = ${person}`,
    withinDays(STARTED, filter),
    lsn === ""
      ? null
      : Prisma.sql`m."id" IN (
          SELECT "migrationId" FROM "BackupFile" WHERE "firstLsn" = ${lsn} OR "lastLsn" = ${lsn})`,
    file === "" ? null : await migrationsWithFile(ctx, Prisma.sql`m."id"`, file),
    q === "" ? null : await saying(ctx, q),
  ];
}

async function saying(ctx: Ctx, part: string): Promise<Prisma.Sql> {
  const table = Prisma.sql`"Migration" m`;
  const key = Prisma.sql`m."id"`;
  const few = await findFew(ctx.db, { table, key, said: WORDS_OF_MIGRATION, part });
  return few === null ? holdsOften(WORDS_OF_MIGRATION, part) : among(key, few);
}
