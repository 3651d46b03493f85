import { mkdir } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { lockFolder } from "@/lib/store/folder-lock";
import { isThere } from "@/lib/store/is-there";
import type { StoreOptions } from "@/lib/store/open-store";
import { findProjectRoot } from "@/lib/store/project-root";
import { storeError } from "@/lib/store/store-error";
import { checkRecord, type ImportedRecord, importRecord } from "./import-record";
import type { RestoreSession } from "./insert-all";
import { type Restored, restoreBackup } from "./restore-backup";

/**
 * Makes the store that `options` names from a backup. A kill leaves no half store: embedded it appears whole, on PostgreSQL the
 * rows come in one transaction.
 * @throws AppError `restore_not_empty` where there is a store already, and what `restoreBackup` throws.
 */
export async function restoreStore({ databaseUrl, folder }: StoreOptions, file: string): Promise<Restored> {
  const projectRoot = findProjectRoot();
  if (databaseUrl !== null) {
    const { onOneConnection } = await import("@/lib/store/open-postgresql");
    return onOneConnection(databaseUrl, ({ run, pool }) => {
      const insert = async (sql: string, json: string) => void (await pool.query(sql, [json]));
      return restoreBackup(projectRoot, { run, insert, adapter: new PrismaPg(pool) }, file);
    });
  }
  const [{ filesOf }, { placeWhole }, { PGlite }] = await Promise.all([
    import("@/lib/store/open-embedded"),
    import("@/lib/store/store-template"),
    import("@electric-sql/pglite"),
  ]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const files = filesOf(folder);
    await requireNone(files);
    return await placeWhole(files, async (aside) => {
      const pglite = await PGlite.create(aside);
      try {
        return await restoreBackup(projectRoot, await sessionOn(pglite), file);
      } finally {
        await pglite.close();
      }
    });
  } finally {
    await lock.release();
  }
}

/**
 * Puts the record of one migration, from a file, into the store that `options` names.
 * @throws AppError `store_locked` while a process has the embedded store, `store_absent`, `store_unreachable`, and what `checkRecord` and `importRecord` throw.
 */
export async function importIntoStore(
  { databaseUrl, folder }: StoreOptions,
  file: string,
): Promise<ImportedRecord> {
  const projectRoot = findProjectRoot();
  const checked = await checkRecord(projectRoot, file);
  if (databaseUrl !== null) {
    const { assertStoreIn, onOneConnection } = await import("@/lib/store/open-postgresql");
    return onOneConnection(databaseUrl, async ({ run, pool }) => {
      await assertStoreIn(databaseUrl, run);
      const insert = async (sql: string, json: string) => void (await pool.query(sql, [json]));
      return importRecord(projectRoot, { run, insert, adapter: new PrismaPg(pool) }, checked);
    });
  }
  const { onClosedStore } = await import("@/lib/store/open-embedded");
  return onClosedStore(folder, async (pglite) => importRecord(projectRoot, await sessionOn(pglite), checked));
}

async function sessionOn(pglite: PGlite): Promise<RestoreSession> {
  const [{ PGliteAdapterFactory }, { PreparedQueries }] = await Promise.all([
    import("@/lib/store/pglite-adapter"),
    import("@/lib/store/prepared-queries"),
  ]);
  const queries = new PreparedQueries(pglite);
  return {
    adapter: new PGliteAdapterFactory(pglite, queries),
    insert: async (sql, json) => void (await pglite.query(sql, [json], { serializers: { 114: String } })),
    run: async (sql) => {
      queries.forget();
      return (await pglite.exec(sql)).at(-1)?.rows ?? [];
    },
  };
}

async function requireNone(files: string): Promise<void> {
  if (!(await isThere(files))) return;
  throw storeError(
    "conflict",
    "restore_not_empty",
    { place: files },
    `There is a store in ${files} already. Restore into an empty data folder (CHAINFERRY_DATA=<folder>): nothing is ever replaced.`,
  );
}
