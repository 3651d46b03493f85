import { storedHeader } from "@/lib/backup/stored-header";
import { toBackupSetView } from "@/lib/contracts/backup-set-view";
import { Failure } from "@/lib/contracts/connection";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import {
  type BackupFileView,
  FileVerdictView,
  MigrationDraft,
  type MigrationSummaryView,
  type MigrationView,
  ProgressView,
  Schedule,
  type StepView,
} from "@/lib/contracts/migration";
import { allowedActions, cutoverConditions } from "@/lib/migration/conditions";
import { forecastDowntimeSeconds, heldUntilMs } from "@/lib/migration/forecast";
import { standingOf } from "@/lib/migration/standing";
import type { BackupFile, ImportAttempt, MigrationStep } from "@/lib/store/generated/client";
import { IMPORTS_PER_DAY } from "@/lib/store/import-budget";
import { isRecord, type MigrationRows, roundOfKey, snapshotOf } from "@/lib/store/migration-rows";

export interface MigrationFacts {
  row: MigrationRows & { source: { name: string } | null; attempts: ImportAttempt[] };
  importsToday: number;
  now: Date;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export function toMigrationSummary({ row, importsToday, now }: MigrationFacts): MigrationSummaryView {
  const snapshot = snapshotOf(row);
  const standing = standingOf(snapshot);
  const newest = newestImported(row.files);
  const until = newest?.type === "log" ? (newest?.startedAtLocal ?? null) : (newest?.finishedAtLocal ?? null);
  const heldMs = newest ? heldUntilMs(until, newest.utcOffsetMinutes) : null;
  const gapEnd = row.writesStoppedAt ?? row.onlineAt ?? now;
  return {
    id: row.id,
    name: row.name,
    status: standing.status,
    phase: standing.phase,
    sandbox: row.sandbox,
    method: (row.method as MigrationSummaryView["method"]) ?? null,
    source: {
      connectionId: row.sourceConnectionId,
      name: row.source?.name ?? null,
      database: row.sourceDatabase,
    },
    target: { connectionId: row.cloudConnectionId, instanceId: row.instanceId, database: row.targetDatabase },
    needs: standing.needs
      ? { ...standing.needs, params: { ...standing.needs.params, ...needParams(row) } }
      : null,
    targetHoldsUntilLocal: until,
    gapSeconds:
      heldMs === null || row.onlineAt ? null : Math.max(0, Math.round((gapEnd.getTime() - heldMs) / 1000)),
    forecastDowntimeSeconds: forecastDowntimeSeconds(snapshot),
    importsToday: { used: importsToday, limit: IMPORTS_PER_DAY },
    filesImported: row.files.filter((file) => file.state === "imported").length,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    createdBy: row.createdBy,
  };
}

/** What a person needs to find the file that is missing. */
function needParams(row: MigrationRows): Record<string, string | number> {
  const refused = row.files.find((file) => file.state === "refused");
  const verdict = isRecord(refused?.verdict) ? refused.verdict : {};
  return {
    ...(row.targetLsn === null ? {} : { atLsn: row.targetLsn }),
    ...(typeof verdict.kind === "string" ? { kind: verdict.kind } : {}),
  };
}

function newestImported(files: BackupFile[]): BackupFile | null {
  const imported = files.filter((file) => file.importedAt !== null);
  return (
    imported.sort((a, b) => (a.importedAt?.getTime() ?? 0) - (b.importedAt?.getTime() ?? 0)).at(-1) ?? null
  );
}

export function toMigrationView(facts: MigrationFacts): MigrationView {
  const { row, importsToday, now } = facts;
  const snapshot = snapshotOf(row);
  const draft = MigrationDraft.safeParse(row.draft);
  const schedule = Schedule.safeParse(row.schedule);
  return {
    ...toMigrationSummary(facts),
    draft: draft.success ? draft.data : EMPTY_DRAFT,
    transport: (row.transport as MigrationView["transport"]) ?? null,
    backupBy: (row.backupBy as MigrationView["backupBy"]) ?? null,
    bucket: row.bucket,
    prefix: row.prefix,
    sourceFolder: row.sourceFolder,
    localFolder: row.localFolder,
    checkMode: (row.checkMode as MigrationView["checkMode"]) ?? null,
    schedule: schedule.success ? schedule.data : null,
    rdsTaskId: row.rdsTaskId,
    chain: { targetLsn: row.targetLsn, baseBackupSetGuid: row.targetBaseGuid },
    steps: row.steps.map(toStepView),
    files: row.files.map((file) => toFileView(file, row)),
    conditions: cutoverConditions(snapshot, { used: importsToday, limit: IMPORTS_PER_DAY }),
    allowed: allowedActions(snapshot),
    cutover: toCutoverView(row),
    lastSeq: row.nextSeq - 1,
    serverNow: now.toISOString(),
  };
}

function toStepView(step: MigrationStep): StepView {
  const progress = ProgressView.safeParse(step.progress);
  const failure = Failure.safeParse(step.error);
  return {
    id: step.id,
    key: step.key,
    kind: step.kind as StepView["kind"],
    nature: step.nature as StepView["nature"],
    status: step.status as StepView["status"],
    ordinal: step.ordinal,
    round: roundOfKey(step.key),
    fileId: step.fileId,
    attempt: step.attempt,
    startedAt: iso(step.startedAt),
    finishedAt: iso(step.finishedAt),
    nextCheckAt: step.finishedAt ? null : iso(step.dueAt),
    progress: progress.success ? progress.data : null,
    failure: failure.success ? failure.data : null,
    facts: { ...flatFacts(step.input), ...flatFacts(step.checkpoint), ...flatFacts(step.result) },
  };
}

/** Small values of a step's JSON; what is nested is for other places. */
function flatFacts(json: unknown): StepView["facts"] {
  if (!isRecord(json)) return {};
  const facts: StepView["facts"] = {};
  for (const [key, value] of Object.entries(json)) {
    if (typeof value === "string" || typeof value === "number" || value === null) facts[key] = value;
    else if (typeof value === "boolean") facts[key] = String(value);
  }
  return facts;
}

function toFileView(file: BackupFile, row: MigrationFacts["row"]): BackupFileView {
  const verdict = FileVerdictView.safeParse(file.verdict);
  const upload = row.steps.find((step) => step.fileId === file.id && step.kind === "upload");
  const wait = row.steps.find((step) => step.fileId === file.id && step.kind === "await_import");
  const gauge = ProgressView.safeParse(upload?.progress);
  const size = file.sizeBytes === null ? null : Number(file.sizeBytes);
  const set = storedHeader(file.header);
  const seen = isRecord(wait?.checkpoint) ? wait.checkpoint.providerStatus : null;
  return {
    id: file.id,
    name: file.name,
    objectKey: file.objectKey,
    state: file.state as BackupFileView["state"],
    type: file.type as BackupFileView["type"],
    tail: file.tail,
    final: file.final,
    sizeBytes: size,
    uploadedBytes: file.uploadedAt ? size : gauge.success ? gauge.data.doneBytes : null,
    firstLsn: file.firstLsn,
    lastLsn: file.lastLsn,
    startedAtLocal: file.startedAtLocal,
    finishedAtLocal: file.finishedAtLocal,
    utcOffsetMinutes: file.utcOffsetMinutes,
    crc64: file.crc64,
    header: set ? toBackupSetView(set) : null,
    verdict: verdict.success ? verdict.data : null,
    rdsStatus: file.importedAt ? "restored" : typeof seen === "string" ? seen : null,
    importedTimes: row.attempts.filter(
      (attempt) => attempt.fileId === file.id && attempt.outcome === "accepted",
    ).length,
    uploadedAt: iso(file.uploadedAt),
    importedAt: iso(file.importedAt),
  };
}

function toCutoverView(row: MigrationRows): MigrationView["cutover"] {
  if (!isRecord(row.cutover)) return null;
  const check = row.steps.find((step) => step.kind === "await_check" && step.status === "succeeded");
  const result = isRecord(check?.result) ? check.result : {};
  const stopped = row.writesStoppedAt;
  const online = row.onlineAt;
  return {
    requestedAt: String(row.cutover.requestedAt),
    stopWrites: row.cutover.stopWrites === "operator" ? "operator" : "restricted_user",
    writesStoppedAt: iso(stopped),
    onlineAt: iso(online),
    forecastSeconds: typeof row.cutover.forecastSeconds === "number" ? row.cutover.forecastSeconds : null,
    downtimeSeconds: stopped && online ? Math.round((online.getTime() - stopped.getTime()) / 100) / 10 : null,
    check: {
      ok: typeof result.check === "boolean" ? result.check : null,
      description: typeof result.description === "string" ? result.description : "",
    },
  };
}
