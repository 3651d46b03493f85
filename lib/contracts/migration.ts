import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { HoldUntil } from "@/lib/migration/armed-cutover";
import { Checklist, ChecklistWish } from "@/lib/migration/checklist";
import { HookView, HookWish } from "@/lib/migration/cutover-hook";
import { CutoverDeadline, TakenBack } from "@/lib/migration/cutover-request";
import { FileWitness, UnreadFile } from "@/lib/migration/file-witness";
import { STEP_KINDS } from "@/lib/migration/generated/step-kinds";
import { ChosenTimeline, TimelineChoice } from "@/lib/migration/known-timelines";
import { MOST_LANES } from "@/lib/migration/upload-lanes";
import { ADVANCE_ACTIONS } from "@/lib/migration/vocabulary/advance-action";
import { ALLOWED_ACTIONS } from "@/lib/migration/vocabulary/allowed-action";
import { BACKUP_BY } from "@/lib/migration/vocabulary/backup-by";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";
import { CONDITION_KEYS, CONDITION_STATES } from "@/lib/migration/vocabulary/condition";
import { DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { FILE_PROBLEM_KINDS } from "@/lib/migration/vocabulary/file-problem";
import { FILE_STATES } from "@/lib/migration/vocabulary/file-state";
import { FILE_TYPES } from "@/lib/migration/vocabulary/file-type";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { PROBE_VERDICTS } from "@/lib/migration/vocabulary/probe-verdict";
import { RESOLUTIONS } from "@/lib/migration/vocabulary/resolution";
import { ROUND_BACKUPS } from "@/lib/migration/vocabulary/round-backup";
import { Schedule } from "@/lib/migration/vocabulary/schedule";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { BAR_STAGES, FACT_LOOKS } from "@/lib/migration/vocabulary/step-look";
import { STEP_NATURES } from "@/lib/migration/vocabulary/step-nature";
import { STOP_WRITES } from "@/lib/migration/vocabulary/stop-writes";
import { TRANSPORTS } from "@/lib/migration/vocabulary/transport";
import { WHY_NOTS } from "@/lib/migration/vocabulary/why-not";
import { ArmedView } from "./armed";
import { Failure } from "./connection";
import { CutoverView } from "./cutover-view";
import { MigrationSummaryView } from "./migration-list";
import { NO_WISHES, PlanWishes } from "./plan-wishes";
import { ProgressView } from "./progress-view";

export const Status = z.enum(STATUSES);
export const CheckMode = z.enum(CHECK_MODES);
export const MigrationMethod = z.enum(MIGRATION_METHODS);
export const Transport = z.enum(TRANSPORTS);
export const BackupBy = z.enum(BACKUP_BY);

/** The longest text of each field, in characters. */
export const DRAFT_TEXT_LIMITS = {
  sourceFolder: 200,
  localFolder: 500,
  prefix: 500,
  targetDatabase: 128,
  ticket: 64,
} as const;

/**
 * The wizard's state, and what each choice begins with. Anything may still be missing; the blockers of a draft say what.
 * A draft that was saved before a field came reads as one in which it was not touched.
 */
export const MigrationDraft = z.strictObject({
  sourceConnectionId: z.string().nullable().default(null),
  sourceDatabase: z.string().nullable().default(null),
  transport: Transport.default("shared_folder"),
  backupBy: BackupBy.default("app"),
  sourceFolder: z.string().max(DRAFT_TEXT_LIMITS.sourceFolder).default(""),
  localFolder: z.string().max(DRAFT_TEXT_LIMITS.localFolder).default(""),
  cloudConnectionId: z.string().nullable().default(null),
  bucket: z.string().nullable().default(null),
  prefix: z.string().max(DRAFT_TEXT_LIMITS.prefix).default(""),
  instanceId: z.string().nullable().default(null),
  targetDatabase: z.string().max(DRAFT_TEXT_LIMITS.targetDatabase).default(""),
  method: MigrationMethod.default("access_pending"),
  checkMode: CheckMode.default("async"),
  schedule: Schedule.default({ mode: "manual" }),
  /** Object chosen in the picker as the full backup; null: the first full found or taken. */
  firstObjectKey: z.string().nullable().default(null),
  /** Number of the ticket or change under which this is done. */
  ticket: z.string().max(DRAFT_TEXT_LIMITS.ticket).default(""),
  /** Of `immediate`: nobody writes from the start on, so that nothing is lost and the downtime is counted. */
  writesStopped: z.boolean().default(false),
  /** Under a throw-away name: opened, measured and dropped; nobody stops writes on the source. */
  rehearsal: z.boolean().default(false),
  /** Null: there was nothing to choose, or nobody chose. */
  timeline: ChosenTimeline.nullable().default(null),
  /** What is typed beside the plan. */
  plan: PlanWishes.default(NO_WISHES),
  /** Answers of the method question. */
  underHundredGb: z.boolean().nullable().default(null),
  downtimeAccepted: z.boolean().nullable().default(null),
  step: z.enum(["source", "backup", "import", "review"]).default("source"),
});
export type MigrationDraft = z.infer<typeof MigrationDraft>;

export const SaveDraftInput = z.strictObject({ draft: MigrationDraft });
export type SaveDraftInput = z.infer<typeof SaveDraftInput>;

/** POST /api/migrations/:id/start: the draft as it was looked through. */
export const StartMigrationInput = z.strictObject({ reviewed: MigrationDraft });
export type StartMigrationInput = z.infer<typeof StartMigrationInput>;

/** A warning that a person takes upon themselves; it holds while the probe's answer stays the same. */
export const ProbeAcceptance = z.object({ reason: z.string(), by: z.string(), at: z.iso.datetime() });
export type ProbeAcceptance = z.infer<typeof ProbeAcceptance>;

/** One look at the world: what was asked, the answer, when, and what to do about it. */
export const ProbeView = z.object({
  /** `probe.<id>.title`, `.pass`, `.warn`, `.block`, `.unknown`, `.remedy` are its texts. */
  id: z.string(),
  group: z.enum(PROBE_STEPS),
  verdict: z.enum(PROBE_VERDICTS),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  asked: z.string(),
  answer: z.string(),
  at: z.iso.datetime(),
  failure: Failure.nullable(),
  /** What must stay the same for the answer to count as the same. */
  gist: z.string(),
  /** Light enough to be asked again and again while the migration runs. */
  cheap: z.boolean(),
  /** Minutes after which the answer is old. */
  freshMinutes: z.number(),
  /** What SQL Server or RDS would say later, in its own words. */
  prevents: z.string().nullable(),
  /** T-SQL or a policy that mends it, filled in, to copy. */
  script: z.string().nullable(),
  /** Page of the provider's console where it is mended. */
  link: z.url().nullable(),
  accepted: ProbeAcceptance.nullable(),
});
export type ProbeView = z.infer<typeof ProbeView>;
export const ProbeListView = z.object({ probes: z.array(ProbeView) });
export type ProbeListView = z.infer<typeof ProbeListView>;

/** A blocker of the draft: `field` to focus, `reason` keys `wizard.blocker.*`. */
export const DraftBlocker = z.object({
  step: z.enum(PROBE_STEPS),
  field: z.string(),
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type DraftBlocker = z.infer<typeof DraftBlocker>;

/** What people ask of a migration's uploads. The least rate keeps a connection from looking dead. */
export const UploadControl = z.strictObject({
  paused: z.boolean(),
  bytesPerSecond: z
    .number()
    .int()
    .min(65_536)
    .max(2 ** 40)
    .nullable(),
  /** Parts of a file on their way at once, at most; as many as prove useful where nothing is said. */
  lanes: z.number().int().min(1).max(MOST_LANES).exactOptional(),
});
export type UploadControl = z.infer<typeof UploadControl>;

/** What an upload proved and took. */
export const UploadReceiptView = z.object({
  parts: z.number(),
  partSize: z.number(),
  partsRetried: z.number(),
  elapsedMs: z.number(),
  bytesPerSecond: z.number(),
  lanes: z.number(),
  runs: z.number(),
});
export type UploadReceiptView = z.infer<typeof UploadReceiptView>;

const StepKindSchema = z.enum(STEP_KINDS);

export const StepView = z.object({
  id: z.string(),
  key: z.string(),
  kind: StepKindSchema,
  nature: z.enum(STEP_NATURES),
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
  /** What its bar on the timeline stands for. */
  bar: z.enum(BAR_STAGES),
  /** What it knows and a person may want to read: text `timeline.detail.<name>`; `wire` for the provider's tab alone. */
  facts: z.array(
    z.object({
      name: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
      as: z.enum(FACT_LOOKS),
    }),
  ),
});
export type StepView = z.infer<typeof StepView>;

/** Why a file was refused: the chain's problem, LSNs as digits. */
export const FileVerdictView = z.object({
  kind: z.enum(FILE_PROBLEM_KINDS),
  fromLsn: z.string().nullable(),
  toLsn: z.string().nullable(),
  message: z.string(),
});

export const BackupFileView = z.object({
  id: z.string(),
  name: z.string(),
  objectKey: z.string(),
  state: z.enum(FILE_STATES),
  type: z.enum(FILE_TYPES).nullable(),
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
  /** Of an upload by this process; null for what came another way. */
  receipt: UploadReceiptView.nullable(),
  verdict: FileVerdictView.nullable(),
  /** Whose word its facts are; null before anything is known of it. */
  witness: FileWitness.nullable(),
  /** It cannot be read here, and a person is asked about it. */
  unread: UnreadFile.nullable(),
  rdsStatus: z.string().nullable(),
  importedTimes: z.number(),
  uploadedAt: z.iso.datetime().nullable(),
  importedAt: z.iso.datetime().nullable(),
});
export type BackupFileView = z.infer<typeof BackupFileView>;

/** A condition beside the advance control: met, yours to fix, or one that clears by itself. Text `advance.<key>`. */
export const ConditionView = z.object({
  key: z.enum(CONDITION_KEYS),
  state: z.enum(CONDITION_STATES),
  /** Open, it costs downtime or only time: the cutover is accepted all the same. */
  soft: z.boolean(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ConditionView = z.infer<typeof ConditionView>;

/** Steps that belong together on the page. Text `timeline.group.<title>`, with `number`. */
export const StepGroupView = z.object({
  key: z.string(),
  kind: z.string(),
  title: z.string(),
  number: z.number().nullable(),
  backup: z.enum(FILE_TYPES).nullable(),
  final: z.boolean(),
  fileId: z.string().nullable(),
  stepIds: z.array(z.string()),
  status: Status,
  /** Nothing is open in it, and nobody must decide about its file. */
  ended: z.boolean(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** In hand when the cutover was asked for, or begun since. */
  ofCutover: z.boolean(),
});
export type StepGroupView = z.infer<typeof StepGroupView>;

/** Which control leads, and how the conditions of a cutover stand. */
export const AdvanceView = z.object({
  primary: z.enum(ADVANCE_ACTIONS).nullable(),
  secondary: z.array(z.enum(ADVANCE_ACTIONS)),
  met: z.number(),
  /** Only soft conditions, if any, are open: a cutover would be accepted. */
  ready: z.boolean(),
});

/** What somebody else did to the source. Texts are `drift.<kind>.*`, filled with the evidence. */
export const DriftAlarmView = z.object({
  id: z.string(),
  kind: z.enum(DRIFT_KINDS),
  raisedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type DriftAlarmView = z.infer<typeof DriftAlarmView>;

export const MigrationView = MigrationSummaryView.extend({
  draft: MigrationDraft,
  transport: Transport.nullable(),
  backupBy: BackupBy.nullable(),
  bucket: z.string().nullable(),
  prefix: z.string().nullable(),
  sourceFolder: z.string().nullable(),
  localFolder: z.string().nullable(),
  checkMode: CheckMode.nullable(),
  ticket: z.string().nullable(),
  schedule: Schedule.nullable(),
  rdsTaskId: z.string().nullable(),
  chain: z.object({ targetLsn: z.string().nullable(), baseBackupSetGuid: z.string().nullable() }),
  steps: z.array(StepView),
  files: z.array(BackupFileView),
  /** In the order in which they began. */
  groups: z.array(StepGroupView),
  /** Of the cutover, while one lies ahead. */
  conditions: z.array(ConditionView),
  advance: AdvanceView,
  /** What somebody else did to the source, oldest first; empty when all is as it should be. */
  alarms: z.array(DriftAlarmView),
  /** What may be asked of the migration right now. */
  allowed: z.array(z.enum(ALLOWED_ACTIONS)),
  /** And why the rest may not: text `migration.why_not.<reason>`. */
  notAllowed: z.array(z.object({ action: z.enum(ALLOWED_ACTIONS), reason: z.enum(WHY_NOTS) })),
  cutover: CutoverView.nullable(),
  /** A cutover that is held; rounds go on. */
  armed: ArmedView.nullable(),
  checklist: Checklist.nullable(),
  /** What is called before and after the phases of its cutovers; null: nothing. */
  hook: HookView.nullable(),
  /** Null: this is no rehearsal. `droppedAt` null: its database is still there. */
  rehearsal: z.object({ droppedAt: z.iso.datetime().nullable(), droppable: z.boolean() }).nullable(),
  /** The newest cutover was taken back by its deadline; null: it was not, or another has begun since. */
  takenBack: TakenBack.nullable(),
  /** Timelines that the files are of, the newest first, while nobody has said which is meant; else empty. */
  timelines: z.array(TimelineChoice),
  uploadControl: UploadControl,
  /** The downtime that a cutover's form begins with, minutes; null: none was set when it started. */
  downtimeLimit: z.number().nullable(),
  /** Put away: the home page does without it. */
  archivedAt: z.iso.datetime().nullable(),
  lastSeq: z.number(),
  serverNow: z.iso.datetime(),
});
export type MigrationView = z.infer<typeof MigrationView>;

const Lsn = z.string().regex(/^\d{1,25}$/);

/** What a person says that a backup is, as RESTORE HEADERONLY told them somewhere. LSNs as digits. */
export const StatedBackup = z.strictObject({
  type: z.enum(BACKUP_KINDS),
  firstLsn: Lsn,
  lastLsn: Lsn,
  /** Of a full: differentials on it are known by this. */
  checkpointLsn: Lsn.nullable(),
});
export type StatedBackup = z.infer<typeof StatedBackup>;

/** POST /api/migrations/:id/rehearsal/drop: must equal the name of the rehearsal's database. */
export const DropRehearsalInput = z.strictObject({ confirmName: z.string() });
export type DropRehearsalInput = z.infer<typeof DropRehearsalInput>;

/** POST /api/migrations/:id/actions */
export const MigrationAction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("take_backup"), backup: z.enum(ROUND_BACKUPS) }),
  z.strictObject({ type: z.literal("scan_now") }),
  z.strictObject({ type: z.literal("set_schedule"), schedule: Schedule }),
  z.strictObject({
    type: z.literal("cutover"),
    stopWrites: z.enum(STOP_WRITES),
    checkMode: CheckMode,
    /** Must equal the target database's name. */
    confirmName: z.string(),
    /** Absent: none. */
    deadline: CutoverDeadline.exactOptional(),
    /** Absent: it begins at once. */
    hold: HoldUntil.exactOptional(),
  }),
  /** Lets the armed cutover begin. */
  z.strictObject({ type: z.literal("release_hold") }),
  /** Takes it back before it began. */
  z.strictObject({ type: z.literal("disarm") }),
  /** What is called before and after the phases of its cutovers; null: nothing. */
  z.strictObject({ type: z.literal("set_hook"), hook: HookWish.nullable() }),
  z.strictObject({ type: z.literal("set_checklist"), checklist: ChecklistWish }),
  z.strictObject({ type: z.literal("tick"), itemId: z.string(), ticked: z.boolean() }),
  /** Of the armed cutover, by somebody else than who armed it. */
  z.strictObject({ type: z.literal("approve_cutover") }),
  z.strictObject({ type: z.literal("retry_step"), stepId: z.string() }),
  z.strictObject({
    type: z.literal("resolve_unknown"),
    stepId: z.string(),
    /** `happened` needs the id that the console shows, for an import. */
    outcome: z.enum(RESOLUTIONS),
    rdsTaskId: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal("skip_file"), fileId: z.string() }),
  /** What a file is that cannot be read here; `is` null: what was told of it is right, and it may go on. */
  z.strictObject({ type: z.literal("state_file"), fileId: z.string(), is: StatedBackup.nullable() }),
  z.strictObject({ type: z.literal("dismiss_alarm"), alarmId: z.string() }),
  /** One of `timelines`, by its ids. */
  z.strictObject({
    type: z.literal("confirm_timeline"),
    familyGuid: z.string().nullable(),
    forkGuid: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal("control_uploads"), control: UploadControl }),
  z.strictObject({ type: z.literal("go_back") }),
  /** The source server is gone for good; `confirmName` must equal the source database's name. */
  z.strictObject({ type: z.literal("give_up_source"), confirmName: z.string() }),
  z.strictObject({ type: z.literal("new_chain") }),
  z.strictObject({ type: z.literal("cancel") }),
]);
export type MigrationAction = z.infer<typeof MigrationAction>;
