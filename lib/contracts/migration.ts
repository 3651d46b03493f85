import { z } from "zod";
import { PHASES, STATUSES, STEP_NATURES, type StepKind } from "@/lib/migration/status";
import { BackupSetView } from "./catalog";
import { Failure } from "./connection";

export const Status = z.enum(STATUSES);
export const Phase = z.enum(PHASES);
export const CheckMode = z.enum(["async", "sync"]);
export const MigrationMethod = z.enum(["access_pending", "immediate"]);
export const Transport = z.enum(["shared_folder", "bucket_watch"]);
export const BackupBy = z.enum(["app", "others"]);

/** When rounds run. `back_to_back` goes on until a log backup is at or under `untilBytes`. */
export const Schedule = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("manual") }),
  z.strictObject({
    mode: z.literal("every"),
    minutes: z.number().int().min(1).max(1440),
    backup: z.enum(["log", "differential"]),
  }),
  z.strictObject({
    mode: z.literal("back_to_back"),
    untilBytes: z.number().int().min(1),
    backup: z.enum(["log", "differential"]),
  }),
]);
export type Schedule = z.infer<typeof Schedule>;

/** The wizard's state. Anything may still be missing; `StartMigrationInput` checks the whole on the server. */
export const MigrationDraft = z.strictObject({
  sourceConnectionId: z.string().nullable(),
  sourceDatabase: z.string().nullable(),
  transport: Transport,
  backupBy: BackupBy,
  sourceFolder: z.string().max(200),
  localFolder: z.string().max(500),
  cloudConnectionId: z.string().nullable(),
  bucket: z.string().nullable(),
  prefix: z.string().max(500),
  instanceId: z.string().nullable(),
  targetDatabase: z.string().max(128),
  method: MigrationMethod,
  checkMode: CheckMode,
  schedule: Schedule,
  /** Object chosen in the picker as the full backup; null: the first full found or taken. */
  firstObjectKey: z.string().nullable(),
  /** Answers of the method question. */
  underHundredGb: z.boolean().nullable(),
  downtimeAccepted: z.boolean().nullable(),
  step: z.enum(["source", "backup", "import", "review"]),
});
export type MigrationDraft = z.infer<typeof MigrationDraft>;

export const SaveDraftInput = z.strictObject({ draft: MigrationDraft });
export type SaveDraftInput = z.infer<typeof SaveDraftInput>;

/** A step of the wizard looks at the world: what was asked, the answer, when. */
export const ProbeView = z.object({
  /** `probe.<id>.title`, `.pass`, `.block`, `.remedy` are its texts. */
  id: z.string(),
  verdict: z.enum(["pass", "warn", "block", "unknown"]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  asked: z.string(),
  answer: z.string(),
  at: z.iso.datetime(),
  failure: Failure.nullable(),
});
export type ProbeView = z.infer<typeof ProbeView>;
export const ProbeListView = z.object({ probes: z.array(ProbeView) });

/** A blocker of the draft: `field` to focus, `reason` keys `wizard.blocker.*`. */
export const DraftBlocker = z.object({
  step: z.enum(["source", "backup", "import"]),
  field: z.string(),
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type DraftBlocker = z.infer<typeof DraftBlocker>;

export const ProgressView = z.object({
  doneBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
  percent: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
});
export type ProgressView = z.infer<typeof ProgressView>;

const StepKindSchema = z.enum(Object.keys(STEP_NATURES) as [StepKind, ...StepKind[]]);

export const StepView = z.object({
  id: z.string(),
  key: z.string(),
  kind: StepKindSchema,
  nature: z.enum(["repeatable", "resumable", "once"]),
  status: Status,
  ordinal: z.number(),
  /** 0 for the full, n for the n-th round; null outside files. Steps of one file share it. */
  round: z.number().nullable(),
  fileId: z.string().nullable(),
  attempt: z.number(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  nextCheckAt: z.iso.datetime().nullable(),
  progress: ProgressView.nullable(),
  failure: Failure.nullable(),
  /** Small facts for the inspector: label key `migration.fact.*` -> value. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type StepView = z.infer<typeof StepView>;

/** Why a file was refused: the chain's problem, LSNs as digits. */
export const FileVerdictView = z.object({
  kind: z.string(),
  fromLsn: z.string().nullable(),
  toLsn: z.string().nullable(),
  message: z.string(),
});

export const BackupFileView = z.object({
  id: z.string(),
  name: z.string(),
  objectKey: z.string(),
  state: z.enum([
    "planned",
    "written",
    "uploading",
    "uploaded",
    "inspected",
    "refused",
    "importing",
    "imported",
    "skipped",
    "failed",
  ]),
  type: z.enum(["full", "differential", "log", "other"]).nullable(),
  tail: z.boolean(),
  final: z.boolean(),
  sizeBytes: z.number().nullable(),
  uploadedBytes: z.number().nullable(),
  firstLsn: z.string().nullable(),
  lastLsn: z.string().nullable(),
  startedAtLocal: z.string().nullable(),
  finishedAtLocal: z.string().nullable(),
  utcOffsetMinutes: z.number().nullable(),
  crc64: z.string().nullable(),
  header: BackupSetView.nullable(),
  verdict: FileVerdictView.nullable(),
  rdsStatus: z.string().nullable(),
  importedTimes: z.number(),
  uploadedAt: z.iso.datetime().nullable(),
  importedAt: z.iso.datetime().nullable(),
});
export type BackupFileView = z.infer<typeof BackupFileView>;

export const EventView = z.object({
  seq: z.number(),
  /** Text key `event.<type>`. */
  type: z.string(),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  actor: z.string(),
  at: z.iso.datetime(),
});
export type EventView = z.infer<typeof EventView>;

/** A condition beside the advance control: met, yours to fix, or one that clears by itself. Text `advance.<key>`. */
export const ConditionView = z.object({
  key: z.string(),
  state: z.enum(["met", "yours", "wait"]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ConditionView = z.infer<typeof ConditionView>;

export const MigrationSummaryView = z.object({
  id: z.string(),
  name: z.string(),
  status: Status,
  phase: Phase,
  sandbox: z.boolean(),
  method: MigrationMethod.nullable(),
  source: z.object({
    connectionId: z.string().nullable(),
    name: z.string().nullable(),
    database: z.string().nullable(),
  }),
  target: z.object({
    connectionId: z.string().nullable(),
    instanceId: z.string().nullable(),
    database: z.string().nullable(),
  }),
  /** The thing a person must do next: text `needs.<key>`; null when nothing. */
  needs: z
    .object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  /** Source's wall clock of the newest data that the target holds. */
  targetHoldsUntilLocal: z.string().nullable(),
  /** Seconds of data not yet on the target, as of `serverNow`; null until the full is imported. */
  gapSeconds: z.number().nullable(),
  forecastDowntimeSeconds: z.number().nullable(),
  importsToday: z.object({ used: z.number(), limit: z.number() }),
  filesImported: z.number(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  createdBy: z.string(),
});
export type MigrationSummaryView = z.infer<typeof MigrationSummaryView>;
export const MigrationListView = z.object({
  migrations: z.array(MigrationSummaryView),
  serverNow: z.iso.datetime(),
});

export const MigrationView = MigrationSummaryView.extend({
  draft: MigrationDraft,
  transport: Transport.nullable(),
  backupBy: BackupBy.nullable(),
  bucket: z.string().nullable(),
  prefix: z.string().nullable(),
  sourceFolder: z.string().nullable(),
  localFolder: z.string().nullable(),
  checkMode: CheckMode.nullable(),
  schedule: Schedule.nullable(),
  rdsTaskId: z.string().nullable(),
  chain: z.object({ targetLsn: z.string().nullable(), baseBackupSetGuid: z.string().nullable() }),
  steps: z.array(StepView),
  files: z.array(BackupFileView),
  conditions: z.array(ConditionView),
  /** What may be asked of the migration right now. */
  allowed: z.array(
    z.enum(["take_differential", "take_log", "cutover", "cancel", "set_schedule", "go_back", "scan_now"]),
  ),
  cutover: z
    .object({
      requestedAt: z.iso.datetime(),
      stopWrites: z.enum(["restricted_user", "operator"]),
      writesStoppedAt: z.iso.datetime().nullable(),
      onlineAt: z.iso.datetime().nullable(),
      forecastSeconds: z.number().nullable(),
      downtimeSeconds: z.number().nullable(),
      check: z.object({ ok: z.boolean().nullable(), description: z.string() }),
    })
    .nullable(),
  lastSeq: z.number(),
  serverNow: z.iso.datetime(),
});
export type MigrationView = z.infer<typeof MigrationView>;

export const EventListView = z.object({ events: z.array(EventView) });

/** POST /api/migrations/:id/actions */
export const MigrationAction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("take_backup"), backup: z.enum(["differential", "log"]) }),
  z.strictObject({ type: z.literal("scan_now") }),
  z.strictObject({ type: z.literal("set_schedule"), schedule: Schedule }),
  z.strictObject({
    type: z.literal("cutover"),
    /** `restricted_user`: we stop writes, then take the tail log WITH NORECOVERY. `operator`: a person says that writes are stopped. */
    stopWrites: z.enum(["restricted_user", "operator"]),
    checkMode: CheckMode,
    /** Must equal the target database's name. */
    confirmName: z.string(),
  }),
  z.strictObject({ type: z.literal("retry_step"), stepId: z.string() }),
  z.strictObject({
    type: z.literal("resolve_unknown"),
    stepId: z.string(),
    /** `happened` needs the id that the console shows, for an import. */
    outcome: z.enum(["happened", "did_not_happen"]),
    rdsTaskId: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal("skip_file"), fileId: z.string() }),
  z.strictObject({ type: z.literal("go_back") }),
  z.strictObject({ type: z.literal("cancel") }),
]);
export type MigrationAction = z.infer<typeof MigrationAction>;
