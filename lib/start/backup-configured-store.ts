import { isAppError } from "@/lib/diagnosis/app-error";
import { backupClosedStore, exportFromClosedStore } from "@/lib/store/backup/backup-store";
import type { ImportedRecord } from "@/lib/store/backup/import-record";
import type { Restored } from "@/lib/store/backup/restore-backup";
import { importIntoStore, restoreStore } from "@/lib/store/backup/restore-store";
import { assertFree, type BackupWritten, writeBackupFile } from "@/lib/store/backup/write-backup";
import type { Config } from "./config";
import { askServing } from "./serving-file";
import { storePlace } from "./store-place";
import { VERSION } from "./version";

/**
 * Writes a backup of the configured store to `file`; returns its bytes. Embedded and in use, the dashboard that has it is asked.
 * @throws AppError `store_locked` where another command has it, `store_absent`, `store_unreachable`, `backup_exists`.
 */
export function backupConfiguredStore(config: Config, file: string): Promise<number> {
  return writeConfigured(config, file, (about) => backupClosedStore(storePlace(config), file, about), {
    path: "/api/store/backup",
    body: null,
  });
}

/** The same of one migration's record, without secrets: a file for `importConfigured`. Throws as `recordLines` does, too. */
export function exportConfigured(config: Config, migrationId: string, file: string): Promise<number> {
  const what = { file, migrationId };
  return writeConfigured(config, file, (about) => exportFromClosedStore(storePlace(config), what, about), {
    path: "/api/store/record",
    body: { migrationId },
  });
}

async function writeConfigured(
  config: Config,
  file: string,
  write: (about: { version: string; createdAt: string }) => Promise<BackupWritten>,
  asked: { path: string; body: object | null },
): Promise<number> {
  // Before a dashboard is asked: it reads its whole store, and does nothing else meanwhile.
  await assertFree(file);
  const about = { version: VERSION, createdAt: new Date().toISOString() };
  try {
    return (await write(about)).bytes;
  } catch (error) {
    if (!isAppError(error) || error.fields.reason !== "store_locked") throw error;
    const answer = await askServing(config.dataFolder, asked.path, asked.body);
    if (answer === null) throw error;
    if (!answer.ok || answer.body === null) {
      throw new Error(`The dashboard wrote no such file: ${answer.status} ${await answer.text()}`);
    }
    return await writeBackupFile(file, answer.body, true);
  }
}

/** Puts the record of one migration into the configured store; see `importRecord`. */
export function importConfigured(config: Config, file: string): Promise<ImportedRecord> {
  return importIntoStore(storePlace(config), file);
}

/** Makes the configured store from a backup; see `restoreStore`. */
export function restoreConfiguredStore(config: Config, file: string): Promise<Restored> {
  return restoreStore(storePlace(config), file);
}
