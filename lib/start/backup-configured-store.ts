import { isAppError } from "@/lib/diagnosis/app-error";
import { backupClosedStore } from "@/lib/store/backup/backup-store";
import type { Restored } from "@/lib/store/backup/restore-backup";
import { restoreStore } from "@/lib/store/backup/restore-store";
import { assertFree, writeBackupFile } from "@/lib/store/backup/write-backup";
import type { Config } from "./config";
import { askServing } from "./serving-file";
import { storePlace } from "./store-place";
import { VERSION } from "./version";

/**
 * Writes a backup of the configured store to `file`; returns its bytes. Embedded and in use, the dashboard that has it is asked.
 * @throws AppError `store_locked` where another command has it, `store_absent`, `store_unreachable`, `backup_exists`.
 */
export async function backupConfiguredStore(config: Config, file: string): Promise<number> {
  // Before a dashboard is asked: it reads its whole store, and does nothing else meanwhile.
  await assertFree(file);
  const about = { version: VERSION, createdAt: new Date().toISOString() };
  try {
    return (await backupClosedStore(storePlace(config), file, about)).bytes;
  } catch (error) {
    if (!isAppError(error) || error.fields.reason !== "store_locked") throw error;
    const answer = await askServing(config.dataFolder, "/api/store/backup", null);
    if (answer === null) throw error;
    if (!answer.ok || answer.body === null) {
      throw new Error(`The dashboard made no backup: ${answer.status} ${await answer.text()}`);
    }
    return await writeBackupFile(file, answer.body, true);
  }
}

/** Makes the configured store from a backup; see `restoreStore`. */
export function restoreConfiguredStore(config: Config, file: string): Promise<Restored> {
  return restoreStore(storePlace(config), file);
}
