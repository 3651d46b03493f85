import type { ForecastView } from "@/lib/contracts/forecast";
import type { BackupFileView, MigrationView, StepGroupView, StepView } from "@/lib/contracts/migration";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { ArmedCutover } from "@/lib/migration/armed-cutover";
import { HookView } from "@/lib/migration/cutover-hook";
import { cutoverBudget, type ImportsUsed, tighterBudget } from "@/lib/migration/import-budget";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import { peekStepData } from "@/lib/migration/step-definition";
import { roundOfKey } from "@/lib/migration/step-key";
import { advanceOf } from "@/lib/plan/advance-of";
import { actionsOf } from "@/lib/plan/allowed-actions";
import { cutoverConditions } from "@/lib/plan/cutover-conditions";
import { forecastFrom } from "@/lib/plan/forecast";
import { DEFINITIONS } from "@/lib/plan/generated/definitions";
import { type KeptSummary, summarise } from "@/lib/plan/kept-summary";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { ofKind } from "@/lib/plan/step-definitions";
import { gapSecondsAt, sourceOffsetMinutes } from "@/lib/plan/target-data";
import { cutoverAhead, type TimelineGroup, timelineGroups } from "@/lib/plan/timeline-groups";
import type { Migration, OnceCall } from "@/lib/store/generated/client";
import type { MigrationRows, RuledMigration } from "@/lib/store/migration-rows";
import type { AlarmRow, SlimFileRow, StepRow } from "@/lib/store/typed-rows";
import { isDroppable } from "./is-droppable";

type SlimRows = MigrationRows<SlimFileRow>;

interface SummaryFacts {
  row: RuledMigration & { source: { name: string } | null };
  importsToday: ImportsUsed;
  now: Date;
  /** How many times faster than real ones the sandbox's services run. */
  timeFactor: number;
}

export interface MigrationFacts extends SummaryFacts {
  row: SlimRows & SummaryFacts["row"] & { onceCalls: Pick<OnceCall, "fileId">[] };
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Of a migration with its rows. */
function toMigrationSummary(
  { row, now, importsToday, timeFactor }: SummaryFacts,
  snapshot: MigrationSnapshot,
): MigrationSummaryView {
  const kept = summarise(row, now.getTime(), snapshot);
  const { ground, ...facts } = forecastFacts({ columns: row, kept, now, timeFactor });
  return toSummaryView({
    ...{ columns: row, kept, importsToday, now },
    forecast: ground && forecastFrom(ground, facts),
  });
}

/** Columns of a migration that its summary shows as they are. */
export type SummaryColumns = Pick<
  Migration,
  | ("id" | "name" | "sandbox" | "sourceConnectionId" | "sourceDatabase" | "cloudConnectionId" | "instanceId")
  | (
      | "targetDatabase"
      | "writesStoppedAt"
      | "onlineAt"
      | "createdAt"
      | "startedAt"
      | "finishedAt"
      | "createdBy"
    )
> & { armed: unknown; source: { name: string } | null };

interface Summarised {
  columns: SummaryColumns;
  kept: KeptSummary;
  now: Date;
}

/** What the forecast of a kept summary is made from; no ground: there is none. */
export function forecastFacts({ columns, kept, now, timeFactor }: Summarised & { timeFactor: number }) {
  return {
    ground: kept.ground,
    nowMs: now.getTime(),
    gapSeconds: gapAt(columns, kept, now),
    checkMode: kept.checkMode ?? "async",
    timeFactor: columns.sandbox ? timeFactor : 1,
  };
}

function gapAt({ writesStoppedAt, onlineAt }: SummaryColumns, kept: KeptSummary, now: Date): number | null {
  return gapSecondsAt(kept.heldUntil, writesStoppedAt ?? onlineAt ?? now);
}

/** What of a summary changes with nothing but time: none once it is online, and the same from when writes have stopped. */
export function gapSecondsOf({ columns, kept, now }: Summarised): number | null {
  return columns.onlineAt ? null : gapAt(columns, kept, now);
}

type Passing = Pick<MigrationSummaryView, "gapSeconds" | "forecast" | "importsToday">;

interface PassingFacts extends Summarised {
  importsToday: ImportsUsed;
  forecast: ForecastView | null;
}

/** The summary as it is now, of what is kept of it. */
export function toSummaryView(facts: PassingFacts): MigrationSummaryView {
  return { ...toStandingSummary(facts), ...toPassingSummary(facts) };
}

/** Of a summary what changes while nothing is written. */
export function toPassingSummary({ columns, kept, importsToday, forecast, now }: PassingFacts): Passing {
  return {
    gapSeconds: gapSecondsOf({ columns, kept, now }),
    forecast,
    importsToday: tighterBudget(importsToday),
  };
}

/** All else of it. */
export function toStandingSummary({
  columns: row,
  kept,
}: Pick<Summarised, "columns" | "kept">): Omit<MigrationSummaryView, keyof Passing> {
  return {
    id: row.id,
    name: row.name,
    status: kept.status,
    phase: kept.phase,
    sandbox: row.sandbox,
    method: kept.method,
    source: {
      connectionId: row.sourceConnectionId,
      name: row.source?.name ?? null,
      database: row.sourceDatabase,
    },
    target: { connectionId: row.cloudConnectionId, instanceId: row.instanceId, database: row.targetDatabase },
    needs: kept.needs,
    isArmed: row.armed !== null,
    custody: kept.custody,
    targetHoldsUntilLocal: kept.heldUntil.untilLocal,
    sourceOffsetMinutes: sourceOffsetMinutes(kept.heldUntil),
    stages: kept.stages,
    filesImported: kept.filesImported,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    createdBy: row.createdBy,
  };
}

export function toMigrationView(facts: MigrationFacts): MigrationView {
  const { row, importsToday, now } = facts;
  const snapshot = snapshotOf(row);
  const groups = timelineGroups(snapshot);
  const actions = actionsOf(snapshot);
  const allowed = actions.flatMap(({ action, whyNot }) => (whyNot === null ? [action] : []));
  const { conditions, ...advance } = advanceOf({
    allowed,
    conditions: cutoverConditions(snapshot, cutoverBudget(importsToday)),
    cutover: snapshot.cutover ? { online: row.onlineAt !== null } : null,
    method: snapshot.method,
    rehearsal: snapshot.rehearsal,
  });
  return {
    ...toMigrationSummary(facts, snapshot),
    draft: row.draft,
    transport: row.transport,
    backupBy: row.backupBy,
    bucket: row.bucket,
    prefix: row.prefix,
    sourceFolder: row.sourceFolder,
    localFolder: row.localFolder,
    ticket: row.ticket,
    checkMode: row.checkMode,
    schedule: row.schedule,
    rdsTaskId: row.rdsTaskId,
    chain: { targetLsn: row.targetLsn, baseBackupSetGuid: row.targetBaseGuid },
    steps: row.steps.map(toStepView),
    files: toFileViews(row),
    groups: groups.map(toGroupView),
    conditions,
    advance,
    alarms: row.alarms.map(toAlarmView),
    allowed,
    notAllowed: actions.flatMap(({ action, whyNot }) =>
      whyNot === null ? [] : [{ action, reason: whyNot }],
    ),
    cutover: toCutoverView(row, groups),
    armed: row.armed && toArmedView(row.armed),
    checklist: row.checklist,
    hook: row.hook && HookView.parse(row.hook),
    rehearsal: row.rehearsal ? { droppedAt: iso(row.droppedAt), droppable: isDroppable(row) } : null,
    takenBack: row.takenBack,
    timelines: row.timelines?.confirmed === null ? row.timelines.found : [],
    uploadControl: row.uploadControl ?? { paused: false, bytesPerSecond: null },
    downtimeLimit: row.limits?.downtimeMinutes ?? null,
    archivedAt: iso(row.archivedAt),
    lastSeq: row.nextSeq - 1,
    serverNow: now.toISOString(),
  };
}

function toArmedView({
  until,
  approved,
  needsApproval,
  armedAt,
  armedBy,
  look,
}: ArmedCutover): MigrationView["armed"] {
  const shown = until.by === "http" ? { by: until.by, host: until.host } : until;
  return {
    armedAt,
    armedBy,
    until: shown,
    look,
    approved: approved && { by: approved.by, at: approved.at },
    needsApproval,
  };
}

function toAlarmView(alarm: AlarmRow): MigrationView["alarms"][number] {
  return {
    id: alarm.id,
    kind: alarm.kind,
    raisedAt: alarm.raisedAt.toISOString(),
    lastSeenAt: alarm.lastSeenAt.toISOString(),
    evidence: alarm.evidence,
  };
}

function toStepView(step: StepRow): StepView {
  const definition = ofKind(step.kind);
  const { input, checkpoint, result } = peekStepData(definition, step);
  return {
    id: step.id,
    key: step.key,
    kind: step.kind,
    nature: definition.nature,
    status: step.status,
    ordinal: step.ordinal,
    round: roundOfKey(step.key),
    fileId: step.fileId,
    attempt: step.attempt,
    startedAt: iso(step.startedAt),
    finishedAt: iso(step.finishedAt),
    nextCheckAt: step.finishedAt ? null : iso(step.dueAt),
    progress: step.progress,
    failure: step.error,
    bar: definition.bar,
    facts: input === null ? [] : (definition.facts?.({ input, checkpoint, result }) ?? []),
  };
}

/** What else is known of each file is gathered once: thousands of files have many thousands of steps. */
function toFileViews(row: MigrationFacts["row"]): BackupFileView[] {
  const uploads = new Map<string | null, StepRow>();
  const waits = new Map<string | null, StepRow>();
  for (const step of row.steps) {
    const first = step.kind === "upload" ? uploads : step.kind === "await_import" ? waits : null;
    if (first && !first.has(step.fileId)) first.set(step.fileId, step);
  }
  const imports = new Map<string | null, number>();
  for (const { fileId } of row.onceCalls) imports.set(fileId, (imports.get(fileId) ?? 0) + 1);
  return row.files.map((file) =>
    toFileView(file, {
      upload: uploads.get(file.id),
      wait: waits.get(file.id),
      importedTimes: imports.get(file.id) ?? 0,
    }),
  );
}

interface FileFacts {
  upload: StepRow | undefined;
  wait: StepRow | undefined;
  importedTimes: number;
}

function toFileView(file: SlimFileRow, { upload, wait, importedTimes }: FileFacts): BackupFileView {
  const receipt = upload ? peekStepData(DEFINITIONS.upload, upload).result : null;
  const size = file.sizeBytes === null ? null : Number(file.sizeBytes);
  const seen = wait ? peekStepData(DEFINITIONS.await_import, wait).checkpoint : null;
  return {
    id: file.id,
    name: file.name,
    objectKey: file.objectKey,
    state: file.state,
    type: file.type,
    tail: file.tail,
    final: file.final,
    sizeBytes: size,
    uploadedBytes: file.uploadedAt ? size : (upload?.progress?.doneBytes ?? null),
    firstLsn: file.firstLsn,
    lastLsn: file.lastLsn,
    startedAtLocal: file.startedAtLocal,
    finishedAtLocal: file.finishedAtLocal,
    utcOffsetMinutes: file.utcOffsetMinutes,
    crc64: file.crc64,
    receipt,
    verdict: file.verdict,
    witness: file.witness,
    unread: file.unread,
    rdsStatus: file.importedAt ? "restored" : (seen?.providerStatus ?? null),
    importedTimes,
    uploadedAt: iso(file.uploadedAt),
    importedAt: iso(file.importedAt),
  };
}

function toGroupView({ startedAtMs, finishedAtMs, ...group }: TimelineGroup): StepGroupView {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return { ...group, startedAt: at(startedAtMs), finishedAt: at(finishedAtMs) };
}

function toCutoverView(row: SlimRows, groups: readonly TimelineGroup[]): MigrationView["cutover"] {
  if (row.cutover === null) return null;
  const check = row.steps.find((step) => step.kind === "await_check" && step.status === "succeeded");
  const result = check ? peekStepData(DEFINITIONS.await_check, check).result : null;
  const stopped = row.writesStoppedAt;
  const online = row.onlineAt;
  return {
    requestedAt: row.cutover.requestedAt,
    stopWrites: row.cutover.stopWrites,
    writesStoppedAt: iso(stopped),
    onlineAt: iso(online),
    forecastSeconds: row.cutover.forecastSeconds,
    forecastP90Seconds: row.cutover.forecastP90Seconds,
    deadline: row.cutover.deadline,
    gates: row.cutover.gates,
    downtimeSeconds: stopped && online ? Math.round((online.getTime() - stopped.getTime()) / 100) / 10 : null,
    ahead: cutoverAhead(groups),
    check: {
      ok: result?.check ?? null,
      description: result?.description ?? "",
    },
  };
}
