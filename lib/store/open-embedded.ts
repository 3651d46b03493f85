import { access, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { AppError } from "@/lib/diagnosis/app-error";
import { ownCommand } from "@/lib/diagnosis/own-command";
import { DURABLE_START_PARAMS, DurableNodeFs } from "@/lib/store/durable-node-fs";
import { lockFolder } from "@/lib/store/folder-lock";
import { inspectDataFolder } from "@/lib/store/inspect-data-folder";
import type { Store } from "@/lib/store/store";
import { storeError } from "@/lib/store/store-error";
import { storeOnPGlite } from "@/lib/store/store-on-pglite";
import { placeStore } from "@/lib/store/store-template";
import { trimWal } from "@/lib/store/trim-wal";
import { vacuumTables } from "@/lib/store/vacuum-tables";

/** Between two looks at what a server's other processes would look after. */
const LOOK_EVERY_MS = 10 * 60_000;

/**
 * PostgreSQL inside this process, its files in `<folder>/postgresql`, every commit on the disk before it returns. Files
 * that are there are never replaced or made anew, whatever state they are in.
 * @throws AppError `store_locked` when another process has the folder; `store_damaged` (params: folder, damage) when its
 * files can't be opened.
 */
export async function openEmbedded(projectRoot: string, folder: string): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  let pglite: PGlite | null = null;
  try {
    const files = filesOf(folder);
    await placeStore(projectRoot, files);
    pglite = await openFiles(files);
    const store = await storeOnPGlite(projectRoot, pglite, () => lock.release()).catch((error: unknown) => {
      throw isDamage(error) ? toDamaged(files, error.message) : error;
    });
    return lookedAfter(store);
  } catch (error) {
    await pglite?.close();
    await lock.release();
    throw error;
  }
}

/** The store, looked after while it is open. A look that fails is made again: whoever writes meanwhile is told why. */
function lookedAfter(store: Store): Store {
  const run = async (sql: string) => (await store.executeSql(sql)).rows;
  const look = async () => {
    await vacuumTables(run).catch(() => []);
    await trimWal(run).catch(() => false);
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return {
    ...store,
    close: () => {
      clearInterval(timer);
      return store.close();
    },
  };
}

/** Where the embedded store that is kept in `folder` has PostgreSQL's files. */
export function filesOf(folder: string): string {
  return path.resolve(folder, "postgresql");
}

/** Throws AppError `store_absent` (params: folder) where there is no embedded store in `folder`; makes nothing. */
export async function assertStoreThere(folder: string): Promise<void> {
  const files = filesOf(folder);
  await access(files).catch(() => {
    throw storeError(
      "not_found",
      "store_absent",
      { folder: files },
      `There is no store in ${files}. CHAINFERRY_DATA names the data folder, DATABASE_URL a PostgreSQL server.`,
    );
  });
}

/**
 * PostgreSQL on the embedded store of `folder`, for one piece of work of a process that has it not open: neither migrated nor made.
 * @throws AppError `store_absent` (params: folder), `store_locked` while a process has it, `store_damaged`.
 */
export async function onClosedStore<T>(folder: string, work: (pglite: PGlite) => Promise<T>): Promise<T> {
  await assertStoreThere(folder);
  const lock = await lockFolder(folder);
  try {
    const pglite = await openFiles(filesOf(folder));
    try {
      return await work(pglite);
    } finally {
      await pglite.close();
    }
  } finally {
    await lock.release();
  }
}

/**
 * PostgreSQL on the files in `files`, which nobody else has open: the caller holds the folder's lock.
 * @throws AppError `store_damaged` when they can't be opened: nothing in them was changed.
 */
export async function openFiles(files: string): Promise<PGlite> {
  const damage = await inspectDataFolder(files);
  if (damage !== null) throw toDamaged(files, `${damage.file} ${damage.what}`);
  await rm(path.join(files, POSTGRESQL_LOCK), { force: true });
  const fs = new DurableNodeFs(files);
  try {
    return await PGlite.create({ fs, startParams: DURABLE_START_PARAMS });
  } catch (error) {
    const words = fs.lastWords ?? (error instanceof Error ? error.message : String(error));
    throw toDamaged(files, `PostgreSQL can't start on it: ${words}`);
  }
}

/**
 * PostgreSQL's own lock file. It is opened, then written: a kill between the two leaves it empty, and PostgreSQL starts on
 * no empty one, though nobody has the folder (CreateLockFile in src/backend/utils/init/miscinit.c of PostgreSQL 18).
 */
const POSTGRESQL_LOCK = "postmaster.pid";

/** SQLSTATEs of files that are gone, can't be read or are not what they were. */
const DAMAGE_CODES: ReadonlySet<unknown> = new Set(["XX001", "XX002", "58P01", "58030"]);

function isDamage(error: unknown): error is Error {
  return error instanceof Error && "code" in error && DAMAGE_CODES.has(error.code);
}

function toDamaged(folder: string, damage: string): AppError {
  return storeError(
    "precondition_failed",
    "store_damaged",
    { folder, damage },
    `The store in ${folder} is damaged: ${damage}.
Nothing was made anew, replaced or deleted. What to do:
  1. Keep this folder as it is: rename it.
  2. Put the newest copy in its place: the whole folder, taken while Chainferry was stopped.
  3. ${ownCommand("check-store", process)}
Without a copy, start with an empty data folder (CHAINFERRY_DATA=<folder>). RDS and the source keep what was done: look
there before you start a migration of the same databases again.`,
  );
}
