import { z } from "zod";
import type { Session } from "@/lib/store/migrate-store";
import type { BackupPart } from "./backup-file";
import { parentsFirst } from "./parents-first";

/** A session that takes values: `$1` is one text. */
export interface RestoreSession extends Session {
  insert(sql: string, json: string): Promise<void>;
}

/** Rows inserted by one statement. */
const PAGE = 500;

const Reference = z.object({ child: z.string(), parent: z.string() });

const REFERENCES = `
  SELECT child.relname::text AS child, parent.relname::text AS parent
  FROM pg_constraint con JOIN pg_class child ON child.oid = con.conrelid JOIN pg_class parent ON parent.oid = con.confrelid
  WHERE con.contype = 'f' AND con.conrelid <> con.confrelid`;

type Read = () => AsyncIterable<BackupPart<unknown>>;

/**
 * Every row of a file, which `read` reads from its beginning each time, into tables that are there; rows by table. `mayBeThere`: tables of which a row that
 * is there already stays as it is. Rejects where another is there.
 */
export async function insertAll(
  session: RestoreSession,
  read: Read,
  mayBeThere: ReadonlySet<string> = new Set(),
): Promise<Record<string, number>> {
  const references = (await session.run(REFERENCES)).map((row) => Reference.parse(row));
  const tables: string[] = [];
  for await (const part of read()) if (part.kind === "table") tables.push(part.table);
  const counts: Record<string, number> = {};
  // A pass for each generation of tables: a row's parents are there before it, and no table is held in memory.
  for (const generation of parentsFirst(tables, references)) {
    await insertTables(session, read, { wanted: new Set(generation), mayBeThere }, counts);
  }
  return counts;
}

async function insertTables(
  session: RestoreSession,
  read: Read,
  { wanted, mayBeThere }: { wanted: ReadonlySet<string>; mayBeThere: ReadonlySet<string> },
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
  for await (const part of read()) {
    if (part.kind === "table") {
      await flush();
      table = part.table;
      statement = wanted.has(table) ? insertInto(table, part.columns, mayBeThere.has(table)) : null;
      if (statement !== null) counts[table] = 0;
    } else if (part.kind === "row" && statement !== null) {
      page.push(part.json);
      if (page.length >= PAGE) await flush();
    }
  }
  await flush();
}

function insertInto(table: string, columns: readonly string[], mayBeThere: boolean): string {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const list = columns.map(quote).join(", ");
  const insert = `INSERT INTO ${quote(table)} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${quote(table)}, $1::json)`;
  return mayBeThere ? `${insert} ON CONFLICT DO NOTHING` : insert;
}
