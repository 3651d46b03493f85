import type { BackupReading, BackupSet } from "@/lib/backup/header";
import { readContents } from "../model/contents";
import { newFork } from "../model/new-fork";
import { SERVER } from "../model/server-identity";
import type { DatabaseState } from "../model/server-state";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { SqlError } from "../tsql/sql-error";
import { sendMessage } from "./send-message";

type Options = ReadonlyMap<string, string | number | null>;

const KB = 1024;

/**
 * RESTORE DATABASE … FROM DISK of a full backup over a database that is there, to its end. New names and NORECOVERY are refused:
 * nothing here restores chains. The errors are those that somebody meets who brings a backup of RDS's home.
 * https://learn.microsoft.com/sql/t-sql/statements/restore-statements-transact-sql
 */
export async function replaceDatabase(
  name: string,
  { path, reading }: { path: string; reading: Extract<BackupReading, { ok: true }> },
  options: Options,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const set = reading.sets[0];
  const database = model.findDatabase(name);
  const contents = readContents(set?.mediaDescription ?? null);
  if (database === null || options.has("NORECOVERY"))
    throw new SqlError(3110, 16, `User does not have permission to RESTORE database '${name}'.`);
  assertReadable(path, reading, set);
  assertVersion(set, model);
  assertReplaceable(database, set, options);
  assertMayBeClosed(database, frame, model);
  assertPaths(set, options);
  if (contents === null) throw new SqlError(3183, 16, damaged(set));
  await model.clock.wait(40, frame.signal);
  model.change(database, () => {
    putInPlace(database, { ...contents, familyGuid: set.familyGuid });
    database.userAccess = options.has("RESTRICTED_USER") ? "RESTRICTED_USER" : "MULTI_USER";
    model.addLog(database, 4 * KB);
  });
  const pages = Math.round((set.backupSizeBytes ?? 0) / 8192);
  sendMessage(
    frame,
    3014,
    `RESTORE DATABASE successfully processed ${pages} pages in 4.812 seconds (41.250 MB/sec).`,
  );
}

function assertReadable(
  path: string,
  reading: Extract<BackupReading, { ok: true }>,
  set: BackupSet | undefined,
): asserts set is BackupSet {
  if (set === undefined || !reading.complete) {
    throw new SqlError(
      3256,
      16,
      `The backup set on device '${path}' was terminated while it was being created and is incomplete. RESTORE sequence is terminated abnormally.`,
    );
  }
  if (set.type !== "full") {
    throw new SqlError(
      3118,
      16,
      `The database "${set.databaseName ?? ""}" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.`,
    );
  }
}

function assertVersion(set: BackupSet, { release }: SqlServerModel): void {
  const version = set.databaseVersion ?? 0;
  if (version <= release.databaseVersion) return;
  throw new SqlError(
    3169,
    16,
    `The database was backed up on a server running version ${set.softwareVersion ?? "?"}. That version is incompatible with this server, which is running version ${release.productVersion}. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.`,
  );
}

function assertReplaceable(database: DatabaseState, set: BackupSet, options: Options): void {
  if (options.has("REPLACE")) return;
  if (set.familyGuid !== database.familyGuid) {
    throw new SqlError(
      3154,
      16,
      `The backup set holds a backup of a database other than the existing '${database.name}' database.`,
    );
  }
  if (database.state === "ONLINE" && database.recoveryModel !== "SIMPLE") {
    throw new SqlError(
      3159,
      16,
      `The tail of the log for the database "${database.name}" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log.`,
    );
  }
}

function assertMayBeClosed(database: DatabaseState, frame: Frame, model: SqlServerModel): void {
  if (database.state !== "ONLINE") return;
  if (frame.session.database === database.name) {
    throw new SqlError(
      3102,
      16,
      `RESTORE cannot process database '${database.name}' because it is in use by this session. It is recommended that the master database be used when performing this operation.`,
    );
  }
  if (model.sessionsOf(database).length > 0)
    throw new SqlError(3101, 16, "Exclusive access could not be obtained because the database is in use.");
}

/** Files go where the backup says unless MOVE names another place; folders of RDS's host are not here. */
function assertPaths(set: BackupSet, options: Options): void {
  const moved = String(options.get("MOVE") ?? "").split("\n");
  const targets = String(options.get("MOVE_TO") ?? "").split("\n");
  for (const { logicalName, physicalName } of set.files) {
    const at = moved.indexOf(logicalName);
    const path = at < 0 ? (physicalName ?? "") : (targets[at] ?? "");
    if (path.toLowerCase().startsWith(SERVER.dataFolder.toLowerCase())) continue;
    throw new SqlError(
      3156,
      16,
      `File '${logicalName}' cannot be restored to '${path}'. Use WITH MOVE to identify a valid location for the file.`,
      {
        preceding: [
          new SqlError(
            5133,
            16,
            `Directory lookup for the file "${path}" failed with the operating system error 3(The system cannot find the path specified.).`,
          ),
        ],
      },
    );
  }
}

function damaged({ databaseName }: BackupSet): string {
  return `RESTORE detected an error on page (1:9) in database "${databaseName ?? ""}" as read from the backup set.`;
}

/** What was restored begins a log chain of its own with the next full backup, and a fork of its own at once. */
function putInPlace(
  database: DatabaseState,
  { like, loadSeconds, familyGuid }: { like: string; loadSeconds: number; familyGuid: string | null },
): void {
  if (like !== database.name) database.like = like;
  Object.assign(database, {
    state: "ONLINE",
    readOnly: false,
    loadSeconds,
    familyGuid: familyGuid ?? database.familyGuid,
    ...newFork(),
  } satisfies Partial<DatabaseState>);
}
