import { z } from "zod";
import { migrateAnd, migrateStore, type Session } from "@/lib/store/migrate-store";
import { type MigrationScript, readMigrationScripts } from "@/lib/store/migration-folder";
import { storeError } from "@/lib/store/store-error";
import { type BackupHead, readBackup } from "./backup-file";
import { parentsFirst } from "./parents-first";

/** A session that takes values: `$1` is one text. */
export interface RestoreSession extends Session {
  insert(sql: string, json: string): Promise<void>;
}

export interface Restored {
  head: BackupHead;
  counts: Record<string, number>;
}

/** Rows inserted by one statement. */
const PAGE = 500;

const Named = z.object({ name: z.string() });
const Reference = z.object({ child: z.string(), parent: z.string() });

/**
 * Puts a backup into a database without tables: as its own version made them, then brought up to this one. Tables and
 * rows come in one transaction: a kill leaves no empty store that looks whole.
 * @throws AppError `backup_newer` (params: version, migrations) for one of a newer program, `backup_damaged`, `restore_not_empty`.
 */
export async function restoreBackup(
  projectRoot: string,
  session: RestoreSession,
  file: string,
): Promise<Restored> {
  const head = await checkWhole(file);
  const scripts = await readMigrationScripts(projectRoot);
  requireKnown(head, scripts);
  const known = new Set(head.migrations.map(({ name }) => name));
  const itsOwn = scripts.filter(({ name }) => known.has(name));
  await requireEmpty(session);
  const counts = await migrateAnd(projectRoot, session, itsOwn, async (applied) => {
    // Somebody was faster: another restore, or a start.
    if (applied.length < itsOwn.length) throw notEmpty("_prisma_migrations");
    return insertAll(session, file);
  });
  await migrateStore(projectRoot, session);
  return { head, counts };
}

/** Reads it to its end before anything is made: half a store would be worse than none. */
async function checkWhole(file: string): Promise<BackupHead> {
  let head: BackupHead | null = null;
  for await (const part of readBackup(file)) if (part.kind === "head") head = part.head;
  if (head !== null) return head;
  throw storeError(
    "precondition_failed",
    "backup_damaged",
    { file, what: "it is empty" },
    `${file} is empty.`,
  );
}

function requireKnown({ version, migrations }: BackupHead, scripts: readonly MigrationScript[]): void {
  const known = new Map(scripts.map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.filter(({ name, checksum }) => known.get(name) !== checksum);
  if (unknown.length === 0) return;
  const names = unknown.map(({ name }) => name).join(", ");
  throw storeError(
    "precondition_failed",
    "backup_newer",
    { version, migrations: names },
    `This backup is of Chainferry ${version}, which this program does not know (${names}). Restore it with that version or a newer one.`,
  );
}

async function requireEmpty({ run }: Session): Promise<void> {
  const tables = await run(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname = current_schema()`,
  );
  const [first] = tables.map((row) => Named.parse(row).name);
  if (first !== undefined) throw notEmpty(first);
}

function notEmpty(place: string): Error {
  return storeError(
    "conflict",
    "restore_not_empty",
    { place },
    `The database has tables already (${place}). Restore into an empty one: nothing is ever replaced.`,
  );
}

async function insertAll(session: RestoreSession, file: string): Promise<Record<string, number>> {
  const references = (await session.run(REFERENCES)).map((row) => Reference.parse(row));
  const tables: string[] = [];
  for await (const part of readBackup(file)) if (part.kind === "table") tables.push(part.table);
  const counts: Record<string, number> = {};
  // A pass for each generation of tables: a row's parents are there before it, and no table is held in memory.
  for (const generation of parentsFirst(tables, references)) {
    await insertTables(session, file, new Set(generation), counts);
  }
  return counts;
}

async function insertTables(
  session: RestoreSession,
  file: string,
  wanted: ReadonlySet<string>,
  counts: Record<string, number>,
): Promise<void> {
  let statement: string | null = null;
  let table = "";
  let page: string[] = [];
  const flush = async () => {
    if (statement !== null && page.length > 0) {
      await session.insert(statement, `[${page.join(",")}]`);
      counts[table] = (counts[table] ?? 0) + page.length;
    }
    page = [];
  };
  for await (const part of readBackup(file)) {
    if (part.kind === "table") {
      await flush();
      table = part.table;
      statement = wanted.has(table) ? insertInto(table, part.columns) : null;
      if (statement !== null) counts[table] = 0;
    } else if (part.kind === "row" && statement !== null) {
      page.push(part.json);
      if (page.length >= PAGE) await flush();
    }
  }
  await flush();
}

function insertInto(table: string, columns: readonly string[]): string {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const list = columns.map(quote).join(", ");
  return `INSERT INTO ${quote(table)} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${quote(table)}, $1::json)`;
}

const REFERENCES = `
  SELECT child.relname::text AS child, parent.relname::text AS parent
  FROM pg_constraint con JOIN pg_class child ON child.oid = con.conrelid JOIN pg_class parent ON parent.oid = con.confrelid
  WHERE con.contype = 'f' AND con.conrelid <> con.confrelid`;
