import { randomUUID } from "node:crypto";
import type { BackupReading } from "@/lib/backup/header";
import { arrange, columnsOf, type ViewRow } from "../catalog/define-view";
import { OS_ERRORS } from "../model/backup-folders";
import type { DatabaseState } from "../model/server-state";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { evaluate } from "../tsql/run-statements";
import { SqlError } from "../tsql/sql-error";
import { sysname } from "../tsql/sql-type";
import type { RestoreStatement } from "../tsql/statement";
import { readBackupFile, unreadable } from "./backup-file";
import { deviceError, diskPath, readOptions, terminating } from "./backup-options";
import { replaceDatabase } from "./replace-database";
import { FILE_LIST, fileListRows, HEADER, headerRows, LABEL, labelRows } from "./restore-rows";
import { sendMessage } from "./send-message";

/**
 * The ONLY forms look into a file; RESTORE DATABASE … WITH RECOVERY brings a database back after a tail backup, and FROM DISK puts a
 * full backup in its place.
 */
export async function restore(
  statement: RestoreStatement,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const command = `RESTORE ${statement.what.toUpperCase()}`;
  await terminating(command, async () => {
    const options = readOptions(statement.options, "RESTORE", frame);
    if (frame.session.transactions > 0) {
      throw new SqlError(3021, 16, "Cannot perform a backup or restore operation within a transaction.", {
        state: 0,
      });
    }
    if (statement.what === "database" || statement.what === "log") {
      if (statement.what === "database" && statement.devices.length > 0) {
        const path = diskPath(statement, frame);
        await replaceDatabase(
          nameOf(statement, frame),
          { path, reading: await readDevice(path, model) },
          options,
          frame,
          model,
        );
        return;
      }
      await recover(statement, options.has("NORECOVERY"), frame, model);
      return;
    }
    const path = diskPath(statement, frame);
    const reading = await readDevice(path, model);
    switch (statement.what) {
      case "headeronly":
        send(frame, HEADER, headerRows(reading));
        break;
      case "filelistonly":
        send(frame, FILE_LIST, fileListRows(reading, options.get("FILE") ?? null));
        break;
      case "labelonly":
        send(frame, LABEL, labelRows(reading));
        break;
      case "verifyonly":
        await verify(path, reading, options, frame, model);
    }
  });
}

function send(frame: Frame, columnText: string, rows: readonly ViewRow[]): void {
  const columns = columnsOf(columnText);
  frame.sink.resultSet(columns, arrange(columns, rows));
}

async function readDevice(
  path: string,
  model: SqlServerModel,
): Promise<Extract<BackupReading, { ok: true }>> {
  const resolved = model.folders.resolve(path);
  if (!resolved.ok) throw deviceError(path, resolved.code, resolved.message);
  if (!resolved.exists) throw deviceError(path, OS_ERRORS.fileNotFound.code, OS_ERRORS.fileNotFound.message);
  if (resolved.isDirectory)
    throw deviceError(path, OS_ERRORS.accessDenied.code, OS_ERRORS.accessDenied.message);
  if (model.filesInUse.has(resolved.local)) {
    throw deviceError(
      path,
      32,
      "The process cannot access the file because it is being used by another process.",
    );
  }
  const reading = await readBackupFile(resolved.local);
  if (!reading.ok) throw unreadable(path, reading);
  return reading;
}

async function verify(
  path: string,
  reading: Extract<BackupReading, { ok: true }>,
  options: ReadonlyMap<string, string | number | null>,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const position = Number(options.get("FILE") ?? 1);
  const set = reading.sets.find((s) => s.position === position) ?? reading.sets[0];
  if (!reading.complete) {
    throw new SqlError(
      3256,
      16,
      `The backup set on device '${path}' was terminated while it was being created and is incomplete. RESTORE sequence is terminated abnormally.`,
    );
  }
  if (options.has("CHECKSUM") && set?.hasChecksums !== true) {
    throw new SqlError(
      3187,
      16,
      "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.",
    );
  }
  await model.clock.wait(6, frame.signal);
  sendMessage(frame, 3262, `The backup set on file ${position} is valid.`);
}

function nameOf(statement: RestoreStatement, frame: Frame): string {
  const named = statement.database === null ? "" : evaluate(statement.database, frame, sysname);
  return typeof named === "string" ? named : "";
}

async function recover(
  statement: RestoreStatement,
  staysRestoring: boolean,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const name = nameOf(statement, frame);
  const database = model.findDatabase(name);
  if (statement.devices.length > 0) {
    throw new SqlError(3110, 16, `User does not have permission to RESTORE database '${name}'.`);
  }
  if (database === null) {
    throw new SqlError(
      911,
      16,
      `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
    );
  }
  if (database.state !== "RESTORING") throw alreadyRecovered(database);
  if (staysRestoring) return;
  await model.clock.wait(8, frame.signal);
  bringOnline(database, model);
  sendMessage(
    frame,
    3014,
    "RESTORE DATABASE successfully processed 0 pages in 0.133 seconds (0.000 MB/sec).",
  );
}

function alreadyRecovered(database: DatabaseState): SqlError {
  const text =
    database.state === "ONLINE"
      ? "The database is already fully recovered."
      : `Database '${database.name}' is offline.`;
  return new SqlError(database.state === "ONLINE" ? 3153 : 942, 16, text);
}

/** Recovery opens a new fork: the next log backup begins on the old one and ends on it. */
function bringOnline(database: DatabaseState, model: SqlServerModel): void {
  model.change(database, () => {
    if (database.nextLogForkGuid === database.forkGuid)
      database.forkPointLsn = database.logChain?.firstLsn ?? null;
    database.forkGuid = randomUUID().toUpperCase();
    if (database.logChain) database.forkBeganLsn = database.logChain.firstLsn;
    database.state = "ONLINE";
    model.addLog(database, 4096);
  });
}
