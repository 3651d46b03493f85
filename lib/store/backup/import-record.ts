import { z } from "zod";
import { chainBreaks } from "@/lib/store/event-chain";
import { migrateAnd } from "@/lib/store/migrate-store";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import { sqlLiteral } from "@/lib/store/sql-literal";
import { storeError } from "@/lib/store/store-error";
import { RecordHead, readParts, toDamaged } from "./backup-file";
import { insertAll, type RestoreSession } from "./insert-all";
import { ITS_OWN } from "./record-lines";
import { requireKnown } from "./restore-backup";

export interface ImportedRecord {
  head: RecordHead;
  name: string;
  /** Rows by table; of connections and tasks some may have been there. */
  counts: Record<string, number>;
}

/** Of an account that both stores know, or of a record that came before. */
const SHARED: ReadonlySet<string> = new Set(["Connection", "ImportTask"]);

const Migration = z.object({
  id: z.string(),
  name: z.string(),
  sourceConnectionId: z.string().nullable(),
  cloudConnectionId: z.string().nullable(),
});
const Connection = z.object({ id: z.string(), secretSealed: z.literal(""), archivedAt: z.string() });
const Owned = z.object({ migrationId: z.string() });
const Event = z.object({
  seq: z.number(),
  type: z.string(),
  payload: z.unknown(),
  actor: z.string(),
  /** PostgreSQL writes it without its zone, which is UTC. */
  at: z.string().transform((at) => new Date(`${at}Z`).toISOString()),
  hash: z.string().nullable(),
});

/**
 * Puts the record of one migration, as `recordLines` wrote it, beside what a store holds: in one transaction. Of connections it brings names and addresses, put away; those that are there stay.
 * @throws AppError `record_there` (params: name).
 */
export async function importRecord(
  projectRoot: string,
  session: RestoreSession,
  { file, head, name }: CheckedRecord,
): Promise<ImportedRecord> {
  const scripts = await readMigrationScripts(projectRoot);
  const counts = await migrateAnd(projectRoot, session, scripts, async () => {
    const there = await session.run(
      `SELECT "id" FROM "Migration" WHERE "id" = ${sqlLiteral(head.migrationId)}`,
    );
    if (there.length > 0) {
      throw storeError(
        "conflict",
        "record_there",
        { name },
        `${name} (${head.migrationId}) is in this store already. Nothing is ever replaced.`,
      );
    }
    return insertAll(session, () => readParts(file, RecordHead), SHARED);
  });
  return { head, name, counts };
}

/** A file that was read to its end, and is what it says. */
export interface CheckedRecord {
  file: string;
  head: RecordHead;
  /** Of its migration. */
  name: string;
}

/**
 * Looks at every row, before a store is opened: all are of the migration, its events agree with their hashes, and its tables are this program's.
 * @throws AppError `backup_damaged` (params: file, what) also where an event was edited, `backup_newer`, `record_older` (params: version) for a file
 * of tables that are made otherwise by now.
 */
export async function checkRecord(projectRoot: string, file: string): Promise<CheckedRecord> {
  const checked = await readWhole(file);
  const { version, migrations } = checked.head;
  const scripts = await readMigrationScripts(projectRoot);
  requireKnown(checked.head, scripts);
  if (migrations.length < scripts.length) {
    throw storeError(
      "precondition_failed",
      "record_older",
      { version },
      `${file} is of Chainferry ${version}, whose tables are older than these: upgrade that one, and export the record again.`,
    );
  }
  return checked;
}

async function readWhole(file: string): Promise<CheckedRecord> {
  let head: RecordHead | null = null;
  let migration: z.infer<typeof Migration> | null = null;
  let table = "";
  const connections: string[] = [];
  const events: z.infer<typeof Event>[] = [];
  try {
    for await (const part of readParts(file, RecordHead)) {
      if (part.kind === "head") head = part.head;
      else if (part.kind === "table") table = part.table;
      else {
        const row: unknown = JSON.parse(part.json);
        if (table === "Migration") migration = Migration.parse(row);
        else if (table === "Connection") connections.push(Connection.parse(row).id);
        else if (!ITS_OWN.has(table) || Owned.parse(row).migrationId !== head?.migrationId)
          throw new Error(`a row of ${table} is not of the migration`);
        if (table === "MigrationEvent") events.push(Event.parse(row));
      }
    }
    if (head === null || migration?.id !== head.migrationId) throw new Error("it has no migration");
    const { sourceConnectionId, cloudConnectionId, name } = migration;
    if (connections.some((id) => id !== sourceConnectionId && id !== cloudConnectionId))
      throw new Error("a connection is not of the migration");
    const [broken] = chainBreaks(
      head.migrationId,
      events.toSorted((a, b) => a.seq - b.seq),
    );
    if (broken?.kind === "removed") throw new Error(`events before ${broken.seq} are missing`);
    if (broken) throw new Error(`event ${broken.seq} does not agree with its hash`);
    return { file, head, name };
  } catch (error) {
    throw toDamaged(file, error);
  }
}
