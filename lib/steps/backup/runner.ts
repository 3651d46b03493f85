import { mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { BackupKind } from "@/lib/backup/backup-kind";
import { readBackup } from "@/lib/backup/read-backup";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { backupSetName } from "@/lib/drift/watch-drift";
import { backupFileName, joinSourcePath, objectKeyFor } from "@/lib/migration/object-name";
import type { StepIntent } from "@/lib/migration/step-definition";
import type { ServerIdentity, SourceBackupRow, SourceServer } from "@/lib/sqlserver/source-server";
import { roundOfKey } from "@/lib/store/migration-rows";
import { withLocalSource } from "../find-file/list-candidates";
import { type Outcome as AnyOutcome, required, ruleFailure, type StepRun } from "../step-run";
import type { backup } from "./definition";

type Run = StepRun<typeof backup>;
type Outcome = AnyOutcome<typeof backup>;

const PERCENT_EVERY_MS = 2_000;

type BackupIntent = StepIntent<typeof backup>;

/**
 * Takes one backup through SQL Server. *Once*: the unique NAME is written down first, and after a lost connection or
 * a crash msdb is asked for it before anything is repeated.
 */
export async function runBackup(run: Run): Promise<Outcome> {
  const { ctx, step, migration } = run;
  const { backup: kind, tail, final } = run.input;
  const database = required(migration.sourceDatabase, "source database");
  const source = await ctx.clients.source(required(migration.sourceConnectionId, "source server"));

  let { intent } = run;
  if (intent) {
    const row = await source.findBackup({ database, name: intent.name });
    if (row?.finishedAtLocal) return backupTaken(run, intent, row, { kind, tail, final });
    const verdict = await lookForBackup(source, database, tail);
    if (verdict === "running") return { type: "wait", status: "running", afterMs: run.settings.baseMs };
    if (verdict === "unclear")
      return { type: "unknown", failure: ruleFailure("tail_backup_unclear", { database }) };
  } else {
    intent = await planBackup(run, source, database, kind);
    await run.saveIntent({ ...intent });
  }

  await mkdir(required(migration.localFolder, "local folder"), { recursive: true }).catch(() => undefined);
  const watch = watchPercent(run, source, database);
  try {
    await source.backup(
      {
        database,
        kind,
        path: intent.path,
        name: intent.name,
        description: `Chainferry migration ${migration.id}`,
        noRecovery: tail,
        compression: canCompress(await source.identify()),
      },
      {
        signal: run.signal,
        onPercent: watch.report,
      },
    );
  } catch (error) {
    if (run.signal.aborted || !isExternalError(error)) throw error;
    const retryable = error.fields.mayHaveHappened || error.fields.kind === "conflict";
    if (!retryable || step.attempt >= 8) return { type: "failed", failure: failureOf(error) };
    // The connection went: the next attempt begins by asking msdb.
    return { type: "wait", status: "retrying", afterMs: run.settings.baseMs * 2, failure: failureOf(error) };
  } finally {
    watch.stop();
  }
  const row = await source.findBackup({ database, name: intent.name });
  if (!row) return { type: "failed", failure: ruleFailure("backup_not_in_msdb", { name: intent.name }) };
  return backupTaken(run, intent, row, { kind, tail, final });
}

/**
 * How far the backup is, from two sides: the server's messages (every few percent) and its own estimate in between, which
 * a login without VIEW SERVER STATE does not see. It never goes back.
 */
function watchPercent(run: Run, source: SourceServer, database: string) {
  let highest = 0;
  const report = (percent: number): void => {
    if (percent <= highest) return;
    highest = percent;
    run.reportProgress({ doneBytes: null, totalBytes: null, percent, bytesPerSecond: null });
  };
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const running = await source.listRunningBackups(database).catch(() => []);
    asking = false;
    for (const { percent } of running) report(Math.floor(percent * 10) / 10);
  };
  const timer = setInterval(() => void ask(), PERCENT_EVERY_MS);
  return { report, stop: () => clearInterval(timer) };
}

/** Web and Express refuse COMPRESSION (error 1844); every edition restores a compressed backup. */
function canCompress(identity: ServerIdentity): boolean {
  return /^(Enterprise|Developer|Evaluation|Standard|Business Intelligence)/.test(identity.edition);
}

async function planBackup(
  run: Run,
  source: SourceServer,
  database: string,
  kind: BackupKind,
): Promise<BackupIntent> {
  const { migration, step } = run;
  const identity = await source.identify();
  const round = roundOfKey(step.key) ?? 0;
  const fileName = backupFileName(database, kind, identity.localTime, round);
  const objectKey = objectKeyFor(migration.prefix ?? "", fileName);
  return {
    name: backupSetName(step.id),
    fileName,
    path: joinSourcePath(required(migration.sourceFolder, "source folder"), fileName),
    localPath: join(required(migration.localFolder, "local folder"), fileName),
    objectKey,
    at: run.ctx.now().toISOString(),
  };
}

/** After a crash, with no finished backup of our name in msdb: is it still running, did it vanish, or can't it be told? */
async function lookForBackup(
  source: SourceServer,
  database: string,
  tail: boolean,
): Promise<"absent" | "running" | "unclear"> {
  const running = await source.listRunningBackups(database);
  if (running.length > 0) return "running";
  if (!tail) return "absent";
  const found = await source.findDatabase(database);
  // RESTORING without our row in msdb: somebody (or something) else took the tail.
  return found?.state === "RESTORING" ? "unclear" : "absent";
}

async function backupTaken(
  run: Run,
  intent: BackupIntent,
  row: SourceBackupRow,
  flags: { kind: BackupKind; tail: boolean; final: boolean },
): Promise<Outcome> {
  const { ctx, step, migration } = run;
  const written = await stat(intent.localPath).catch(() => null);
  if (!written) {
    return {
      type: "failed",
      failure: ruleFailure("backup_file_not_visible", { path: intent.localPath, source: intent.path }),
    };
  }
  const mismatch = await compareWithHeader(intent, row, written.size);
  // A share may show the file later, or its end; the next attempt begins by asking msdb, and takes no other backup.
  if (mismatch && step.attempt < 4)
    return { type: "wait", status: "retrying", afterMs: run.settings.baseMs, failure: mismatch };
  if (mismatch) return { type: "failed", failure: mismatch };
  const fileId = step.fileId ?? ctx.newId();
  return {
    type: "done",
    result: {
      name: intent.name,
      path: intent.path,
      sizeBytes: written.size,
      firstLsn: row.firstLsn,
      lastLsn: row.lastLsn,
    },
    events: [{ type: "backup_written", payload: { file: intent.fileName, sizeBytes: written.size } }],
    write: async (tx) => {
      await tx.backupFile.upsert({
        where: { migrationId_objectKey: { migrationId: migration.id, objectKey: intent.objectKey } },
        update: {},
        create: {
          id: fileId,
          migrationId: migration.id,
          name: basename(intent.fileName),
          objectKey: intent.objectKey,
          sourcePath: intent.path,
          localPath: intent.localPath,
          sizeBytes: BigInt(written.size),
          state: "written",
          type: flags.kind,
          tail: flags.tail,
          final: flags.final,
          databaseName: row.database,
          firstLsn: row.firstLsn,
          lastLsn: row.lastLsn,
          checkpointLsn: row.checkpointLsn,
          backupSetGuid: row.backupSetGuid,
          startedAtLocal: row.startedAtLocal,
          finishedAtLocal: row.finishedAtLocal,
        },
      });
      await tx.migrationStep.update({ where: { id: step.id }, data: { fileId } });
    },
  };
}

/** The file that lies there must be the backup that msdb speaks of: one set, whole, the same one. Null: it is. */
async function compareWithHeader(intent: BackupIntent, row: SourceBackupRow, sizeBytes: number) {
  const reading = await withLocalSource(intent.localPath, sizeBytes, readBackup);
  const set = reading.ok && reading.complete && reading.sets.length === 1 ? reading.sets[0] : undefined;
  const same =
    set?.backupSetGuid != null && set.backupSetGuid.toUpperCase() === row.backupSetGuid?.toUpperCase();
  return same ? null : ruleFailure("backup_file_differs", { file: intent.fileName });
}
