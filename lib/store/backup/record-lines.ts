import { z } from "zod";
import { AppError } from "@/lib/diagnosis/app-error";
import { RUNNABLE } from "@/lib/store/claim-step";
import { sqlLiteral } from "@/lib/store/sql-literal";
import { storeError } from "@/lib/store/store-error";
import type { BackupHead, RecordHead } from "./backup-file";
import { type AskRows, fileLines, readMigrationsOf, readTables, type TableRead } from "./write-backup";

/** Statuses of migrations that change no more. */
const OVER = ["succeeded", "cancelled"];
/** Tables with rows of one migration. What passes (notices, uploads of browsers, calls that wait) stays, and what lets somebody in (links). */
export const ITS_OWN: ReadonlySet<string> = new Set([
  ...["MigrationStep", "MigrationEvent", "BackupFile", "OnceCall", "MigrationProbe", "DriftAlarm"],
  "ImportTask",
]);
/** Of its connections what a record names: they lead nowhere. */
function connectionAt(createdAt: string): ReadonlyMap<string, string> {
  return new Map([
    ["secretSealed", "''"],
    ["lastTest", "NULL::jsonb"],
    ["archivedAt", `coalesce("archivedAt", ${sqlLiteral(createdAt)}::timestamptz AT TIME ZONE 'UTC')`],
  ]);
}
/** Its wave is not beside it, and whom its hook calls is no business of the next store's. */
const MIGRATION: ReadonlyMap<string, string> = new Map([
  ["waveId", "NULL::text"],
  ["wavePlace", "NULL::integer"],
  ["wavePart", "NULL::jsonb"],
  ["hook", "NULL::jsonb"],
]);

const Kept = z.object({ name: z.string(), status: z.string(), held: z.boolean(), runs: z.boolean() });

/**
 * The lines of a file that holds one migration's rows, to be put into another store: with every event and its hash, without secrets. `ask`: of a
 * transaction that sees one moment.
 * @throws AppError `migration_not_found`; `record_not_over` (params: name, status) for one that goes on, of which two stores would have another
 * story, or that was cancelled and whose source is not given back: once it is online the source is to stay closed.
 */
export async function* recordLines(
  ask: AskRows,
  about: Pick<BackupHead, "version" | "createdAt">,
  migrationId: string,
  counts: Record<string, number>,
): AsyncGenerator<string> {
  const id = sqlLiteral(migrationId);
  const [row] = await ask(
    `SELECT m."name", m."status", m."status" = 'cancelled' AND coalesce(m."custody"::text, 'null') <> 'null' AS "held",
       m."status" <> 'cancelled' AND EXISTS (SELECT FROM "MigrationStep" s
         WHERE s."migrationId" = m."id" AND s."status" IN (${RUNNABLE.map(sqlLiteral).join(", ")})) AS "runs"
     FROM "Migration" m WHERE m."id" = ${id}`,
  );
  if (row === undefined) throw new AppError("not_found", "migration_not_found");
  const { name, status, held, runs } = Kept.parse(row);
  // A step that can still run would be run by the next store too.
  if (held || runs || !OVER.includes(status)) {
    throw storeError(
      "conflict",
      "record_not_over",
      { name, status },
      `${name} is not over (${status}${held ? ", its source is not given back" : ""}${runs ? ", a step of it still goes on" : ""}): the record of one that has ended, online or cancelled, can be taken elsewhere.`,
    );
  }
  const head = {
    chainferryMigration: 1,
    ...about,
    migrationId,
    migrations: await readMigrationsOf(ask),
  } satisfies RecordHead;
  const tables = (await readTables(ask)).flatMap((table) => partOf(table, id, connectionAt(about.createdAt)));
  yield* fileLines(ask, head, tables, counts);
}

function partOf(table: TableRead, id: string, connection: ReadonlyMap<string, string>): TableRead[] {
  const { name, from } = table;
  if (ITS_OWN.has(name)) return [{ ...table, from: `(SELECT * FROM ${from} WHERE "migrationId" = ${id})` }];
  if (name === "Migration") return [told(table, MIGRATION, `"id" = ${id}`)];
  if (name !== "Connection") return [];
  const its = `SELECT unnest(ARRAY["sourceConnectionId", "cloudConnectionId"]) FROM "Migration" WHERE "id" = ${id}`;
  return [told(table, connection, `"id" IN (${its})`)];
}

function told(table: TableRead, instead: ReadonlyMap<string, string>, where: string): TableRead {
  const columns = table.columns.map((column) => `${instead.get(column) ?? `"${column}"`} AS "${column}"`);
  return { ...table, from: `(SELECT ${columns.join(", ")} FROM ${table.from} WHERE ${where})` };
}
