import { isAppError } from "@/lib/diagnosis/app-error";
import {
  backupConfiguredStore,
  exportConfigured,
  importConfigured,
  restoreConfiguredStore,
} from "@/lib/start/backup-configured-store";
import { readConfig } from "@/lib/start/config";
import { textTable } from "./text-table";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `chainferry backup FILE`: the configured store into a file, also while it is used. Returns the exit code: 0 only when the file is
 * whole and on the disk.
 */
export function runBackupCommand(
  environment: Environment,
  file: string,
  options: { json: boolean },
): Promise<number> {
  return report(options, async () => {
    const bytes = await backupConfiguredStore(readConfig(environment), file);
    return {
      json: { file, bytes },
      text: `${file}: ${bytes} bytes. The key of the secrets is not in it: keep secret.key of the data folder apart from it.`,
    };
  });
}

/** `chainferry restore FILE`: an empty data folder or database from a backup. Returns the exit code: 0 only when all of it is there. */
export function runRestoreCommand(
  environment: Environment,
  file: string,
  options: { json: boolean },
): Promise<number> {
  return report(options, async () => {
    const { head, counts } = await restoreConfiguredStore(readConfig(environment), file);
    const rows = Object.entries(counts).map(([name, count]) => [name, String(count)]);
    return {
      json: { file, version: head.version, createdAt: head.createdAt, counts },
      text: `Restored from Chainferry ${head.version}, ${head.createdAt}.\n\n${textTable(["Table", "Rows"], rows, [1])}\n
Put secret.key into the data folder, or type the passwords again. Then: chainferry check-store`,
    };
  });
}

/**
 * `chainferry export ID FILE`: one migration that is over, with all its rows, also while the store is used. Returns the exit code: 0 only
 * when the file is whole and on the disk.
 */
export function runExportCommand(
  environment: Environment,
  { migrationId, file }: { migrationId: string; file: string },
  options: { json: boolean },
): Promise<number> {
  return report(options, async () => {
    const bytes = await exportConfigured(readConfig(environment), migrationId, file);
    return {
      json: { migrationId, file, bytes },
      text: `${file}: ${bytes} bytes. It names servers, databases and people, and holds no password. chainferry import puts it into another store.`,
    };
  });
}

/**
 * `chainferry import FILE`: the record of one migration into the configured store; an embedded one while no dashboard has it. Returns the
 * exit code: 0 only when all of it is there, and every event agrees with its hash.
 */
export function runImportCommand(
  environment: Environment,
  file: string,
  options: { json: boolean },
): Promise<number> {
  return report(options, async () => {
    const { head, name, counts } = await importConfigured(readConfig(environment), file);
    const rows = Object.entries(counts).map(([table, count]) => [table, String(count)]);
    return {
      json: { file, migrationId: head.migrationId, version: head.version, createdAt: head.createdAt, counts },
      text: `${name} (${head.migrationId}), exported ${head.createdAt} by Chainferry ${head.version}.\n\n${textTable(["Table", "Rows"], rows, [1])}`,
    };
  });
}

async function report(
  options: { json: boolean },
  work: () => Promise<{ json: object; text: string }>,
): Promise<number> {
  try {
    const { json, text } = await work();
    process.stdout.write(options.json ? `${JSON.stringify({ ok: true, ...json })}\n` : `${text}\n`);
    return 0;
  } catch (error) {
    const refused = isAppError(error) ? { reason: error.fields.reason, params: error.fields.params } : null;
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, refused })}\n`);
    process.stderr.write(`chainferry: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
