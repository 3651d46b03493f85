import { createReadStream, type ReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PrismaClient } from "@/lib/store/generated/client";
import type { StoreOptions } from "@/lib/store/open-store";
import { recordLines } from "./record-lines";
import { type AskRows, type BackupWritten, backupLines, writeBackupFile } from "./write-backup";

type About = { version: string; createdAt: string };

/** Longest that the reading of a whole store may take; embedded, nothing else is read or written meanwhile. */
const READING_MS = 30 * 60_000;

/**
 * A backup of an open store, whose other users go on: packed, and read from a private file, so that a slow reader does not hold
 * the store. Closing the stream removes the file.
 */
export function backupOpenStore(db: PrismaClient, about: About): Promise<ReadStream> {
  return writeOpenStore(db, (ask, counts) => backupLines(ask, about, counts));
}

/** The same of one migration's record; throws as `recordLines` does. */
export function exportFromOpenStore(
  db: PrismaClient,
  migrationId: string,
  about: About,
): Promise<ReadStream> {
  return writeOpenStore(db, (ask, counts) => recordLines(ask, about, migrationId, counts));
}

type Lines = (ask: AskRows, counts: Record<string, number>) => AsyncGenerator<string>;

async function writeOpenStore(db: PrismaClient, lines: Lines): Promise<ReadStream> {
  const folder = await mkdtemp(path.join(tmpdir(), "chainferry-backup-"));
  const file = path.join(folder, "backup");
  const counts: Record<string, number> = {};
  try {
    await db.$transaction(
      (tx) =>
        writeBackupFile(
          file,
          lines((sql) => tx.$queryRawUnsafe<unknown[]>(sql), counts),
          false,
        ),
      { isolationLevel: "RepeatableRead", maxWait: READING_MS, timeout: READING_MS },
    );
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const stream = createReadStream(file);
  stream.once("close", () => void rm(folder, { recursive: true, force: true }));
  return stream;
}

/**
 * A backup of a store that this process has not open. On PostgreSQL others may go on meanwhile.
 * @throws AppError `store_locked` while a process has the embedded store, `store_absent`, `store_unreachable`, `backup_exists`.
 */
export function backupClosedStore(place: StoreOptions, file: string, about: About): Promise<BackupWritten> {
  return writeClosedStore(place, file, (ask, counts) => backupLines(ask, about, counts));
}

/** The same of one migration's record; throws as `recordLines` does, too. */
export function exportFromClosedStore(
  place: StoreOptions,
  { file, migrationId }: { file: string; migrationId: string },
  about: About,
): Promise<BackupWritten> {
  return writeClosedStore(place, file, (ask, counts) => recordLines(ask, about, migrationId, counts));
}

async function writeClosedStore(
  { databaseUrl, folder }: StoreOptions,
  file: string,
  lines: Lines,
): Promise<BackupWritten> {
  if (databaseUrl !== null) {
    const { assertStoreIn, onOneConnection } = await import("@/lib/store/open-postgresql");
    return onOneConnection(databaseUrl, async ({ run }) => {
      await assertStoreIn(databaseUrl, run);
      return writeSession(run, file, lines);
    });
  }
  const { onClosedStore } = await import("@/lib/store/open-embedded");
  return onClosedStore(folder, (pglite) =>
    writeSession(async (sql) => (await pglite.exec(sql)).at(-1)?.rows ?? [], file, lines),
  );
}

async function writeSession(run: AskRows, file: string, lines: Lines): Promise<BackupWritten> {
  const counts: Record<string, number> = {};
  await run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    const bytes = await writeBackupFile(file, lines(run, counts), false);
    return { counts, bytes };
  } finally {
    await run("ROLLBACK").catch(() => undefined);
  }
}
