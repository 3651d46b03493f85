import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import {
  HISTORY_PAGE,
  type HistoryFilter,
  type HistoryTaskPage,
  type HistoryTaskView,
} from "@/lib/contracts/history";
import { RDS_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";
import { tasksInScopeSql } from "@/lib/services/scope/require-scope";
import { type ImportTask, Prisma } from "@/lib/store/generated/client";
import { taskViewOfRow } from "../record/task-view";
import { WORDS_OF_MIGRATION } from "./find-migrations";
import { migrationsWithFile } from "./migrations-with-file";
import { type HistorySource, readPage } from "./read-page";
import { allOf, among, findFew, holds, holdsOften, withinDays, words } from "./sql-parts";
import { wantedWords } from "./wanted-words";

const STARTED = Prisma.sql`coalesce(t."rdsCreatedAt", t."firstSeenAt")`;
const wordsOf = (alias: string) =>
  words(
    ["databaseName", "instanceId", "rdsTaskId", "providerStatus", "description"].map((column) =>
      Prisma.raw(`${alias}"${column}"`),
    ),
  );
/** All columns but the files, which are large. */
const COLUMNS = Prisma.sql`t."connectionId", t."instanceId", t."rdsTaskId", t."migrationId", t."databaseName", t."method",
  t."status", t."providerStatus", t."description", t."replaced", t."rdsCreatedAt", t."rdsEndedAt", t."firstSeenAt",
  t."lastSeenAt", NULL AS "files", c."name" AS "account", m."createdBy" AS "person"`;

type Row = ImportTask & { account: string | null; person: string | null };

const SOURCE: HistorySource = {
  columns: COLUMNS,
  from: Prisma.sql`"ImportTask" t LEFT JOIN "Migration" m ON m."id" = t."migrationId"
    LEFT JOIN "Connection" c ON c."id" = t."connectionId"`,
  sorts: {
    started: STARTED,
    ended: Prisma.sql`coalesce(t."rdsEndedAt", 'infinity')`,
    database: Prisma.sql`lower(t."databaseName")`,
    instance: Prisma.sql`t."instanceId"`,
    status: Prisma.sql`t."status"`,
    person: Prisma.sql`coalesce(m."createdBy", '')`,
  },
  key: [Prisma.sql`t."connectionId"`, Prisma.sql`t."instanceId"`, Prisma.sql`t."rdsTaskId"`],
};

/**
 * A page of all tasks on record: of every instance of every account, also of accounts that are gone, those made in the
 * console too. From our own store; nobody is asked.
 */
export async function findTasks({ ctx, input }: Use<HistoryFilter>): Promise<HistoryTaskPage> {
  return readTasks(ctx, input, HISTORY_PAGE);
}

/** The same with as many rows as asked for. */
export async function readTasks(ctx: Ctx, filter: HistoryFilter, limit: number): Promise<HistoryTaskPage> {
  requireRole(ctx.actor, "viewer");
  const conditions = await conditionsOf(ctx, filter);
  const { rows, next } = await readPage<Row>(ctx.db, { source: SOURCE, filter, conditions, limit });
  return { rows: rows.map(viewOf), next };
}

function viewOf(row: Row): HistoryTaskView {
  const { listedByRds: _, ...view } = taskViewOfRow(row);
  const { connectionId, instanceId, account, person } = row;
  return { ...view, connectionId, instanceId, account, person };
}

async function conditionsOf(ctx: Ctx, filter: HistoryFilter): Promise<(Prisma.Sql | null)[]> {
  const { account, instance, database, person, file, q } = filter;
  const { statuses, methods, lsn } = wantedWords(filter, RDS_TASK_STATUSES);
  return [
    ...tasksInScopeSql(ctx.actor),
    account === "" ? null : Prisma.sql`t."connectionId" = ${account}`,
    instance === "" ? null : Prisma.sql`t."instanceId" = ${instance}`,
    database === "" ? null : holds(Prisma.sql`lower(t."databaseName")`, database),
    statuses === null ? null : among(Prisma.sql`t."status"`, statuses),
    methods === null ? null : among(Prisma.sql`t."method"`, methods),
    person === "" ? null : Prisma.sql`m."createdBy" = ${person}`,
    withinDays(STARTED, filter),
    lsn === ""
      ? null
      : Prisma.sql`t."migrationId" IN (
          SELECT "migrationId" FROM "BackupFile" WHERE "firstLsn" = ${lsn} OR "lastLsn" = ${lsn})`,
    file === "" ? null : await ofFile(ctx, file),
    q === "" ? null : await saying(ctx, q),
  ];
}

/** Ours by the files on record, those of the console by what RDS listed. */
async function ofFile(ctx: Ctx, part: string): Promise<Prisma.Sql> {
  const foreign = allOf([
    Prisma.sql`t."migrationId" IS NULL`,
    holds(Prisma.sql`lower(t."files"::text)`, part),
  ]);
  return Prisma.sql`(${await migrationsWithFile(ctx, Prisma.sql`t."migrationId"`, part)} OR ${foreign})`;
}

async function saying(ctx: Ctx, part: string): Promise<Prisma.Sql> {
  const own = wordsOf("t.");
  const few = await findFew(ctx.db, {
    table: Prisma.sql`"ImportTask" t`,
    key: Prisma.sql`t."connectionId" || ' ' || t."instanceId" || ' ' || t."rdsTaskId"`,
    said: own,
    part,
  });
  const migrations = await findFew(ctx.db, {
    table: Prisma.sql`"Migration" m`,
    key: Prisma.sql`m."id"`,
    said: WORDS_OF_MIGRATION,
    part,
  });
  if (few === null || migrations === null) {
    return Prisma.sql`(${holdsOften(own, part)} OR ${holdsOften(WORDS_OF_MIGRATION, part)})`;
  }
  const tasks = among(Prisma.sql`t."rdsTaskId"`, few.map(taskIdOf));
  return Prisma.sql`((${tasks} AND ${holds(own, part)}) OR ${among(Prisma.sql`t."migrationId"`, migrations)})`;
}

const taskIdOf = (key: string): string => key.slice(key.lastIndexOf(" ") + 1);
