import { mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { BackupKind } from "@/lib/backup/backup-kind";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { backupSetName } from "@/lib/drift/watch-drift";
import { backupFileName, joinSourcePath, objectKeyFor } from "@/lib/migration/object-name";
import { custodyOf, type SourceCustody } from "@/lib/migration/source-custody";
import { roundOfKey } from "@/lib/migration/step-key";
import { BackupCallRequest, backupEffect, backupTarget } from "@/lib/once/backup-effect";
import { compressionAbility } from "@/lib/sqlserver/backup-abilities";
import type { SourceBackupRow, SourceServer } from "@/lib/sqlserver/source-server";
import { headerColumns } from "@/lib/store/header-columns";
import { type Outcome as AnyOutcome, required, type StepRun } from "../step-run";
import { takeOnce } from "../take-once";
import { witnessEvents } from "../witness-events";
import type { backup } from "./definition";
import { witnessOwn } from "./witness-own";

type Run = StepRun<typeof backup>;
type Outcome = AnyOutcome<typeof backup>;

const PERCENT_EVERY_MS = 2_000;
const PATIENT_ATTEMPTS = 4;

/**
 * Takes one backup through SQL Server. *Once*: the unique NAME is written down first, and after a lost connection or
 * a crash msdb is asked for it before anything is repeated.
 */
export async function runBackup(run: Run): Promise<Outcome> {
  const { ctx, step, migration } = run;
  const { backup: kind, tail, final } = run.input;
  const flags = { kind, tail, final };
  const database = required(migration.sourceDatabase, "source database");
  const connectionId = required(migration.sourceConnectionId, "source server");
  const name = backupSetName(step.id);
  const source = await ctx.clients.source(connectionId);
  const watch = watchPercent(run, source, database);
  let custody: SourceCustody | null = null;
  const taken = await takeOnce(run, {
    effect: backupEffect,
    target: backupTarget(
      { connectionId, database, name },
      { migrationId: migration.id, stepId: step.id, fileId: null },
    ),
    prepare: async () => {
      if (tail) custody = await custodyOfTail(run, source, database);
      const request = (await readEarlierRequest(run)) ?? (await planBackup(run, source, { ...flags, name }));
      await mkdir(required(migration.localFolder, "local folder"), { recursive: true }).catch(
        () => undefined,
      );
      watch.start();
      return { request };
    },
    intended: [],
    along: async (tx) => {
      if (custody) await tx.migration.update({ where: { id: migration.id }, data: { custody } });
    },
    looking: ruleFailure("backup_looking", {}),
    hooks: { onPercent: watch.report },
  }).finally(watch.stop);
  if ("outcome" in taken) return taken.outcome;
  const row = await source.findBackup({ database, name });
  if (!row?.finishedAtLocal) return { type: "failed", failure: ruleFailure("backup_not_in_msdb", { name }) };
  return backupTaken(run, { source, taken: BackupCallRequest.parse(taken.call.request), row }, flags);
}

/** The tail leaves the source RESTORING: that it is ours stands in the store before. */
async function custodyOfTail(
  { ctx, migration }: Run,
  source: SourceServer,
  database: string,
): Promise<SourceCustody | null> {
  if (migration.custody !== null) return { ...migration.custody, how: "norecovery_tail" };
  const before = await source.findDatabase(database);
  const since = ctx.now().toISOString();
  return before && custodyOf(before, { step: "backup", how: "norecovery_tail", since });
}

/** A backup that did not come about is tried again under its name, over its half file. */
async function readEarlierRequest({ ctx, step }: Run): Promise<BackupCallRequest | null> {
  const earlier = await ctx.db.onceCall.findFirst({
    where: { stepId: step.id, kind: "backup" },
    orderBy: { intendedAt: "desc" },
  });
  return earlier && BackupCallRequest.parse(earlier.request);
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
  let timer: NodeJS.Timeout | undefined;
  return {
    report,
    start: () => {
      timer = setInterval(() => void ask(), PERCENT_EVERY_MS);
    },
    stop: () => clearInterval(timer),
  };
}

async function planBackup(
  run: Run,
  source: SourceServer,
  plan: { kind: BackupKind; tail: boolean; name: string },
): Promise<BackupCallRequest> {
  const { migration, step } = run;
  const { kind, tail, name } = plan;
  const database = required(migration.sourceDatabase, "source database");
  const identity = await source.identify();
  const fileName = backupFileName(database, kind, identity.localTime, roundOfKey(step.key) ?? 0);
  return {
    database,
    kind,
    name,
    description: `Chainferry migration ${migration.id}`,
    path: joinSourcePath(required(migration.sourceFolder, "source folder"), fileName),
    noRecovery: tail,
    compression: compressionAbility(identity) !== "none",
    copyOnly: migration.rehearsal,
    fileName,
    localPath: join(required(migration.localFolder, "local folder"), fileName),
    objectKey: objectKeyFor(migration.prefix ?? "", fileName),
  };
}

async function backupTaken(
  run: Run,
  { source, taken, row }: { source: SourceServer; taken: BackupCallRequest; row: SourceBackupRow },
  flags: { kind: BackupKind; tail: boolean; final: boolean },
): Promise<Outcome> {
  const { ctx, step, migration } = run;
  const written = await stat(taken.localPath).catch(() => null);
  if (!written) {
    return {
      type: "failed",
      failure: ruleFailure("backup_file_not_visible", { path: taken.localPath, source: taken.path }),
    };
  }
  const patient = step.attempt < PATIENT_ATTEMPTS;
  const known = await witnessOwn({ source, taken, row, sizeBytes: written.size, patient });
  if (known === null) {
    const failure = ruleFailure("backup_file_differs", { file: taken.fileName });
    // A share may show the file later, or its end; the next attempt begins by asking msdb, and takes no other backup.
    return patient
      ? { type: "wait", status: "retrying", afterMs: run.settings.baseMs, failure }
      : { type: "failed", failure };
  }
  const { witness } = known;
  // What its bytes say is read from the object itself before the import.
  const told = witness.by === "bytes" ? {} : headerColumns(known.set, witness);
  const fileId = step.fileId ?? ctx.newId();
  return {
    type: "done",
    result: {
      name: taken.name,
      path: taken.path,
      sizeBytes: written.size,
      firstLsn: row.firstLsn,
      lastLsn: row.lastLsn,
    },
    events: [
      { type: "backup_written", payload: { file: taken.fileName, sizeBytes: written.size } },
      ...witnessEvents(taken.fileName, witness),
    ],
    write: async (tx) => {
      await tx.backupFile.upsert({
        where: { migrationId_objectKey: { migrationId: migration.id, objectKey: taken.objectKey } },
        update: {},
        create: {
          id: fileId,
          migrationId: migration.id,
          name: basename(taken.fileName),
          objectKey: taken.objectKey,
          sourcePath: taken.path,
          localPath: taken.localPath,
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
          ...told,
        },
      });
      await tx.migrationStep.update({ where: { id: step.id }, data: { fileId } });
    },
  };
}
