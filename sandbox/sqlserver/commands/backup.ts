import { assertUsable } from "../model/assert-usable";
import { OS_ERRORS } from "../model/backup-folders";
import { takeForeignBackup } from "../model/foreign-backup";
import {
  assertCanBackUp,
  type BackupPlan,
  type BackupRequest,
  commitBackup,
  planBackup,
} from "../model/plan-backup";
import { compressesBackups } from "../model/server-release";
import type { DatabaseState } from "../model/server-state";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { evaluate } from "../tsql/run-statements";
import { RequestCancelled, SqlError } from "../tsql/sql-error";
import { sysname } from "../tsql/sql-type";
import type { BackupStatement } from "../tsql/statement";
import { BackupFileWriter, existingSets } from "./backup-file";
import { deviceError, diskPath, readOptions, terminating } from "./backup-options";
import { sendMessage } from "./send-message";

type Options = ReadonlyMap<string, string | number | null>;

/** BACKUP DATABASE and BACKUP LOG: writes the file while percent messages go out, then makes the backup count. */
export async function backup(statement: BackupStatement, frame: Frame, model: SqlServerModel): Promise<void> {
  const command = statement.what === "log" ? "BACKUP LOG" : "BACKUP DATABASE";
  await terminating(command, async () => {
    const options = readOptions(statement.options, "BACKUP", frame);
    const request = readRequest(statement, options, frame, model);
    await runBackup(request, options, frame, model);
    if (request.type === "I" || request.tail || request.copyOnly) return;
    takeForeignBackup(model, request.database, request.type === "D" ? "full" : "log");
  });
}

function readRequest(
  statement: BackupStatement,
  options: Options,
  frame: Frame,
  model: SqlServerModel,
): BackupRequest {
  const name = evaluate(statement.database, frame, sysname);
  const database = findTarget(typeof name === "string" ? name : "", frame, model);
  const path = diskPath(statement, frame);
  if (frame.session.transactions > 0) {
    throw new SqlError(3021, 16, "Cannot perform a backup or restore operation within a transaction.", {
      state: 0,
    });
  }
  const log = statement.what === "log";
  if (options.has("COMPRESSION") && !compressesBackups(model.edition)) {
    const what = log ? "BACKUP LOG" : "BACKUP DATABASE";
    throw new SqlError(1844, 16, `${what} WITH COMPRESSION is not supported on ${model.edition}.`);
  }
  const text = (option: string, length: number) => {
    const value = options.get(option);
    return typeof value === "string" ? value.slice(0, length) : null;
  };
  const request: BackupRequest = {
    database,
    type: log ? "L" : options.has("DIFFERENTIAL") ? "I" : "D",
    copyOnly: options.has("COPY_ONLY") || options.has("NO_TRUNCATE"),
    tail: log && options.has("NORECOVERY"),
    // 'backup compression default' is on where the edition compresses.
    compressed: !options.has("NO_COMPRESSION") && compressesBackups(model.edition),
    checksums: options.has("CHECKSUM"),
    name: text("NAME", 128),
    description: text("DESCRIPTION", 255),
    userName: frame.session.login,
    device: path,
  };
  assertUsable(model, database.name, frame.session);
  if (request.tail) assertExclusive(database, frame, model);
  assertCanBackUp(model, request);
  return request;
}

function findTarget(name: string, frame: Frame, model: SqlServerModel): DatabaseState {
  const database = model.findDatabase(name);
  if (database !== null) return database;
  if (name.toLowerCase() === "tempdb") {
    throw new SqlError(3147, 16, "Backup and restore operations are not allowed on database tempdb.");
  }
  if (model.databaseName(name) !== null) {
    throw new SqlError(262, 16, `BACKUP DATABASE permission denied in database '${name}'.`);
  }
  throw new SqlError(
    911,
    16,
    `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
    {
      line: frame.line,
    },
  );
}

function assertExclusive(database: DatabaseState, frame: Frame, model: SqlServerModel): void {
  if (frame.session.database === database.name) {
    throw new SqlError(
      3102,
      16,
      `BACKUP cannot process database '${database.name}' because it is in use by this session. It is recommended that the master database be used when performing this operation.`,
    );
  }
  if (model.sessionsOf(database).length > 0) {
    throw new SqlError(3101, 16, "Exclusive access could not be obtained because the database is in use.");
  }
}

async function runBackup(
  request: BackupRequest,
  options: Options,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const local = openDevice(request.device, model);
  const append = local?.exists === true && !options.has("INIT") && !options.has("FORMAT");
  const earlier = append
    ? await existingSets(local.path, request.device)
    : { sets: [], compressed: request.compressed };
  // Sets with different compression cannot share a file: an appended one follows those before it.
  request.compressed = earlier.compressed;
  const operation = {
    database: request.database.name,
    kind: request.type === "L" ? ("log" as const) : ("data" as const),
  };
  // Between the first look and here the file was read: another backup may have begun.
  assertCanBackUp(model, request);
  model.running.push(operation);
  const plan = planBackup(model, request);
  if (append) joinMedia(plan, earlier.sets.length, model);
  let writer: BackupFileWriter | null = null;
  try {
    if (local !== null) {
      model.filesInUse.add(local.path);
      const { algorithm } = model.release;
      const { isContainerNew: newContainer, isBackupEncrypted: encrypted } = model.scenario.current;
      const sets = [...earlier.sets, plan.spec];
      const spec = { sets, compressed: request.compressed, algorithm, newContainer, encrypted };
      writer = new BackupFileWriter(local.path, spec, append);
    }
    await progress(plan, options, writer, frame, model);
    if (frame.signal.aborted) throw new RequestCancelled();
    writer?.finish();
    commitBackup(model, plan);
  } catch (error) {
    writer?.rollback();
    throw error;
  } finally {
    model.running.splice(model.running.indexOf(operation), 1);
    if (local !== null) model.filesInUse.delete(local.path);
  }
  sendMessage(frame, 3014, summary(plan, model));
}

/** Where the device lies on this machine; null for NUL, which throws everything away. */
function openDevice(path: string, model: SqlServerModel): { path: string; exists: boolean } | null {
  if (/^nul$/i.test(path.trim())) return null;
  const resolved = model.folders.resolve(path);
  if (!resolved.ok) throw deviceError(path, resolved.code, resolved.message);
  if (resolved.isDirectory || path.trim() === "") {
    throw deviceError(path, OS_ERRORS.accessDenied.code, OS_ERRORS.accessDenied.message);
  }
  if (model.filesInUse.has(resolved.local)) {
    throw deviceError(
      path,
      32,
      "The process cannot access the file because it is being used by another process.",
    );
  }
  return { path: resolved.local, exists: resolved.exists };
}

/** An appended set belongs to the media set of those before it. */
function joinMedia(plan: BackupPlan, setsBefore: number, model: SqlServerModel): void {
  const before = model.state.backups.findLast(
    (b) => b.device.toLowerCase() === plan.record.device.toLowerCase(),
  );
  plan.record.position = setsBefore + 1;
  plan.spec.position = setsBefore + 1;
  if (before === undefined) return;
  plan.record.mediaSetId = before.mediaSetId;
  plan.record.mediaGuid = before.mediaGuid;
  plan.spec.mediaSetGuid = before.mediaGuid;
}

/** Percent points at which 3211 is sent: every STATS percent, 10 when it is not given. */
function milestones(options: Options): number[] {
  const given = options.get("STATS");
  const step = typeof given === "number" && given >= 1 && given <= 100 ? given : 10;
  return Array.from({ length: Math.ceil(100 / step) }, (_unused, i) => Math.min(100, (i + 1) * step));
}

async function progress(
  plan: BackupPlan,
  options: Options,
  writer: BackupFileWriter | null,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const { record, request } = plan;
  const running = model.sessions.get(frame.session.id)?.request ?? null;
  if (running !== null) {
    running.command = request.type === "L" ? "BACKUP LOG" : "BACKUP DATABASE";
    running.database = record.database;
    running.startedMs = model.clock.now();
    running.endsMs = model.clock.now() + model.clock.realMs(plan.seconds);
    running.waitType = "BACKUPIO";
  }
  const startedMs = model.clock.now();
  const pages = Math.round(record.sizeBytes / 8192);
  let done = 0;
  for (const percent of milestones(options)) {
    // Timers are late; the plan is kept by measuring from the start.
    const due = (plan.seconds * percent) / 100;
    const passed = ((model.clock.now() - startedMs) / 1000) * model.clock.timeFactor;
    await model.clock.wait(Math.max(0, due - passed), frame.signal);
    done = percent;
    writer?.writeUpTo(Math.min(0.98, done / 100));
    if (running !== null) running.percent = done;
    if (percent < 100) sendMessage(frame, 3211, `${percent} percent processed.`);
  }
  const processed = (count: number, file: string) =>
    sendMessage(
      frame,
      4035,
      `Processed ${count} pages for database '${record.database}', file '${file}' on file ${record.position}.`,
    );
  if (request.type !== "L") processed(pages, record.database);
  sendMessage(frame, 3211, "100 percent processed.");
  processed(request.type === "L" ? pages : 2, `${record.database}_log`);
}

function summary(plan: BackupPlan, model: SqlServerModel): string {
  const { type, sizeBytes } = plan.record;
  const command = { D: "BACKUP DATABASE", I: "BACKUP DATABASE WITH DIFFERENTIAL", L: "BACKUP LOG" }[type];
  const seconds = Math.max(0.001, model.clock.realMs(plan.seconds) / 1000);
  const rate = (sizeBytes / 1_048_576 / seconds).toFixed(3);
  return `${command} successfully processed ${Math.round(sizeBytes / 8192)} pages in ${seconds.toFixed(3)} seconds (${rate} MB/sec).`;
}
