import { z } from "zod";
import { migrateAnd, migrateStore, type Session } from "@/lib/store/migrate-store";
import { type MigrationScript, readMigrationScripts } from "@/lib/store/migration-folder";
import { storeError } from "@/lib/store/store-error";
import { type BackupHead, readBackup } from "./backup-file";
import { insertAll, type RestoreSession } from "./insert-all";

export interface Restored {
  head: BackupHead;
  counts: Record<string, number>;
}

const Named = z.object({ name: z.string() });

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
    return insertAll(session, () => readBackup(file));
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

/** @throws AppError `backup_newer` (params: version, migrations) where this program does not know what made the tables of a file. */
export function requireKnown(
  { version, migrations }: Pick<BackupHead, "version" | "migrations">,
  scripts: readonly MigrationScript[],
): void {
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
