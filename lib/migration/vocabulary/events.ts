import { z } from "zod";
import { BACKUP_TYPES } from "@/lib/backup/backup-kind";
import { EXTERNAL_SYSTEMS } from "@/lib/diagnosis/external-error";
import { USER_ACCESSES } from "@/lib/diagnosis/user-access";
import { STEP_KINDS, type StepKind } from "../generated/step-kinds";
import { ACCOUNT_PRIVILEGES, AFTERCARE_STATES, AFTERCARE_STEPS } from "./aftercare";
import { CHECK_MODES } from "./check-mode";
import { CHECK_RUN_STATES } from "./check-run-state";
import { RELEASE_WHYS } from "./custody";
import { DEADLINE_AFTERS, DEADLINE_WHYS } from "./deadline";
import { DRIFT_KINDS } from "./drift-kind";
import { FILE_PROBLEM_KINDS, SKIP_REASONS } from "./file-problem";
import { HOOK_MOMENTS } from "./hook-moment";
import { OVERLOOK_REASONS } from "./overlook-reason";
import { PROBE_VERDICTS } from "./probe-verdict";
import { RDS_FILE_STATUSES } from "./rds-status";
import { RESOLUTIONS } from "./resolution";
import { ROUND_BACKUPS } from "./round-backup";
import { SCHEDULE_MODES } from "./schedule";
import { STOP_WRITES, WRITES_STOPPED_BY } from "./stop-writes";
import { TIMELINE_JUDGES } from "./timeline-judge";
import { WITNESSES } from "./witness";

/** Who or what lets an armed cutover begin. */
const HOLD_UNTILS = ["person", "time", "http", "wave"] as const;

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * How a value of the payload is said: the text whose key is `text` with the value for its `*`, else that of `otherwise`,
 * else the value itself. `of`: the payload's name for it, where that is not the text's.
 */
export interface EventWord {
  of?: string;
  text?: string;
  otherwise?: string;
}

export interface EventKind {
  payload: z.ZodObject;
  /** Appended by the engine whenever a step of this kind is done and its result says what the payload needs. */
  resultOf?: StepKind;
  /** By the names of the placeholders in the event's text; a placeholder that is not here is filled as it is. */
  words?: Readonly<Record<string, EventWord>>;
}

const step = { of: "kind", text: "timeline.kind.*" };
const reason = { text: "error.*", otherwise: "event.reason.at_step" };
const drift = { text: "drift.*.title" };
const probe = { text: "probe.*.title" };
const kind = z.enum(STEP_KINDS);
const round = z.number().nullable();
const file = z.string();
const lsn = z.string().nullable();
const sizeBytes = z.number();

/**
 * Every fact of a migration's record: what it holds and how that is said. Its sentence is the text `event.<type>`. What is
 * stored is never changed, so a payload only grows, by fields that may be absent.
 */
export const EVENTS = {
  draft_created: { payload: z.object({}) },
  migration_started: { payload: z.object({ database: z.string() }) },

  step_started: { payload: z.object({ kind, round }), words: { step } },
  step_succeeded: {
    payload: z.object({ kind, round, seconds: z.number() }),
    words: { step, durationSeconds: { of: "seconds" } },
  },
  /** With what the reason's own text names. */
  step_failed: {
    payload: z.object({ kind, round, reason: z.string() }).catchall(Scalar),
    words: { step, reason },
  },
  step_retrying: {
    payload: z.object({ kind, attempt: z.number(), reason: z.string(), waitSeconds: z.number() }),
    words: { step, reason },
  },
  step_unknown: { payload: z.object({ kind }), words: { step } },
  unknown_resolved: {
    payload: z.object({ outcome: z.enum(RESOLUTIONS) }),
    words: { outcome: { text: "migration.resolve.*", otherwise: "migration.resolve.not_happened" } },
  },
  throttled: {
    payload: z.object({ system: z.enum(EXTERNAL_SYSTEMS), waitSeconds: z.number() }),
    words: { system: { text: "event.system.*" } },
  },

  backup_written: { payload: z.object({ file, sizeBytes }) },
  file_found: { payload: z.object({ file, sizeBytes }) },
  file_unpacked: { payload: z.object({ file, to: z.string() }) },
  file_renamed: { payload: z.object({ file, to: z.string() }) },
  archive_refused: { payload: z.object({ file, reason: z.string() }), words: { reason } },
  header_read: {
    payload: z.object({
      file,
      type: z.enum(BACKUP_TYPES).nullable(),
      firstLsn: lsn,
      lastLsn: lsn,
      reads: z.number(),
      bytesRead: z.number(),
    }),
    words: {
      type: { text: "files.backup.*", otherwise: "files.backup.unknown" },
      readBytes: { of: "bytesRead" },
    },
  },
  /** Its own bytes cannot be read here: who says what it is instead. */
  file_witnessed: {
    payload: z.object({ file, by: z.enum(WITNESSES) }),
    words: { by: { text: "files.witness.*" } },
  },
  /** A person's word: what a backup is that cannot be read here, or that one may go on as `by` has told it. */
  file_stated: {
    payload: z.object({
      file,
      type: z.enum(BACKUP_TYPES),
      firstLsn: lsn,
      lastLsn: lsn,
      by: z.enum(WITNESSES),
    }),
    words: { type: { text: "files.backup.*" }, by: { text: "files.witness.*" } },
  },
  /** Of an upload by this process with what it took, of one by a browser without. */
  upload_finished: {
    payload: z.object({
      file,
      sizeBytes,
      parts: z.number(),
      crc64: z.string(),
      elapsedMs: z.number().exactOptional(),
      bytesPerSecond: z.number().exactOptional(),
      partsRetried: z.number().exactOptional(),
    }),
  },
  upload_paused: { payload: z.object({}) },
  upload_resumed: { payload: z.object({}) },
  upload_limited: { payload: z.object({ limitBytes: z.number() }) },
  upload_unlimited: { payload: z.object({}) },
  /** `message` is English, for support; the sentence is made of the other fields. */
  file_refused: {
    payload: z.object({
      file,
      kind: z.enum(FILE_PROBLEM_KINDS),
      fromLsn: lsn,
      toLsn: lsn,
      message: z.string(),
    }),
  },
  file_skipped: {
    payload: z.object({ file, reason: z.enum(SKIP_REASONS) }),
    words: { reason: { text: "verdict.what.*", otherwise: "verdict.what.not-needed" } },
  },
  /** Something beside the files of a folder, by its path below it. */
  file_overlooked: {
    payload: z.object({ file, why: z.enum(OVERLOOK_REASONS) }),
    words: { why: { text: "event.overlooked.*" } },
  },

  /** The target was lost: a new full follows. `files` went into the old one, whose task it was. */
  chain_begun_anew: { payload: z.object({ files: z.number(), rdsTaskId: z.string().nullable() }) },
  timelines_found: { payload: z.object({ count: z.number() }) },
  /** Without a fork: a database of which no header says one. `newestAt` is the source's wall clock. */
  timeline_confirmed: {
    payload: z.object({
      forkGuid: z.string().nullable(),
      newestAt: z.string().nullable(),
      by: z.enum(TIMELINE_JUDGES),
    }),
    words: { by: { text: "event.timeline_by.*" } },
  },

  import_intended: { payload: z.object({ file }) },
  import_accepted: { payload: z.object({ file, rdsTaskId: z.string(), requestId: z.string().nullable() }) },
  import_found: { payload: z.object({ file, rdsTaskId: z.string() }) },
  import_refused: { payload: z.object({ file, code: z.string().nullable() }) },
  rds_status: {
    payload: z.object({ file, status: z.enum(RDS_FILE_STATUSES) }),
    words: { status: { text: "files.rds.*" } },
  },
  /** `final`: nothing is left but to open the database. */
  file_imported: { payload: z.object({ file, lastLsn: lsn, final: z.literal(true).exactOptional() }) },

  round_requested: {
    payload: z.object({ backup: z.enum(ROUND_BACKUPS) }),
    words: { backup: { text: "files.backup.*" } },
  },
  schedule_changed: {
    payload: z.object({ mode: z.enum(SCHEDULE_MODES) }),
    words: { mode: { text: "migration.schedule.*.short", otherwise: "migration.schedule.*" } },
  },
  cutover_requested: {
    payload: z.object({ stopWrites: z.enum(WRITES_STOPPED_BY), checkMode: z.enum(CHECK_MODES) }),
    words: { stopWrites: { text: "cutover.stop.*" }, checkMode: { text: "check.*" } },
  },
  /** It waits for a person, a time, or the answer of `host`. */
  cutover_armed: {
    payload: z.object({
      until: z.enum(HOLD_UNTILS),
      at: z.string().nullable(),
      host: z.string().nullable(),
    }),
    words: { until: { text: "event.hold_until.*" } },
  },
  cutover_disarmed: { payload: z.object({}) },
  hold_released: {
    payload: z.object({ until: z.enum(HOLD_UNTILS) }),
    words: { until: { text: "event.hold_until.*" } },
  },
  writes_stopped: {
    payload: z.object({ how: z.enum(STOP_WRITES) }),
    words: { how: { text: "cutover.stop.*" } },
  },
  /** Once only privileged logins may come in: who was still connected may go on writing. */
  sessions_left: { payload: z.object({ sessionsLeft: z.number() }), resultOf: "stop_writes" },
  /** What the cutover may last, and what follows when it is passed. */
  deadline_set: {
    payload: z.object({ minutes: z.number(), after: z.enum(DEADLINE_AFTERS) }),
    words: { after: { text: "event.deadline_after.*" } },
  },
  /** `restSeconds`: what was forecast to be left then. */
  deadline_passed: {
    payload: z.object({
      minutes: z.number(),
      after: z.enum(DEADLINE_AFTERS),
      why: z.enum(DEADLINE_WHYS),
      restSeconds: z.number(),
    }),
    words: {
      why: { text: "event.deadline_why.*" },
      after: { text: "event.deadline_after.*" },
      durationSeconds: { of: "restSeconds" },
    },
  },
  /** By a person: at how many moments it is called; 0: at none any more. */
  hook_set: { payload: z.object({ host: z.string(), count: z.number() }) },
  /** One call of the cutover's hook and what came of it; without a status no answer came. `attempt` counts calls under one id. */
  hook_called: {
    payload: z.object({
      moment: z.enum(HOOK_MOMENTS),
      host: z.string(),
      attempt: z.number(),
      status: z.number().nullable(),
      said: z.string(),
    }),
    words: { moment: { text: "event.hook_moment.*" } },
  },
  /** The process ended while that call was under way: it is made again, under the same id. */
  hook_unheard: {
    payload: z.object({ moment: z.enum(HOOK_MOMENTS), host: z.string(), attempt: z.number() }),
    words: { moment: { text: "event.hook_moment.*" } },
  },
  /** Of a call after a phase: it was made so often, and nobody took it. */
  hook_given_up: {
    payload: z.object({ moment: z.enum(HOOK_MOMENTS), host: z.string(), attempt: z.number() }),
    words: { moment: { text: "event.hook_moment.*" } },
  },
  checklist_set: { payload: z.object({ count: z.number() }) },
  /** A line of the operator's own; `ticked` false: the tick was taken back. */
  checklist_ticked: { payload: z.object({ text: z.string(), ticked: z.boolean() }) },
  /** By a second person, of the cutover that is armed. */
  cutover_approved: { payload: z.object({}) },
  /** It was to begin at a time that has passed by more than it may, and waits for a person. */
  hold_missed: { payload: z.object({ at: z.string() }) },
  /** The source is to be given back. */
  release_requested: {
    payload: z.object({ why: z.enum(RELEASE_WHYS) }),
    words: { why: { text: "event.release.*" } },
  },
  /** What the server said of it then; null: it has no such database. */
  source_released: {
    payload: z.object({ access: z.enum(USER_ACCESSES).nullable(), recovered: z.boolean() }),
    words: { access: { text: "event.access.*", otherwise: "event.access.gone" } },
  },
  /** On a person's word that its server is gone for good. */
  source_given_up: { payload: z.object({ database: z.string() }) },
  went_back: { payload: z.object({}) },
  /** A rehearsal's database, on a person's word. */
  rehearsal_dropped: { payload: z.object({ database: z.string() }) },
  open_intended: { payload: z.object({}) },
  open_accepted: { payload: z.object({ requestId: z.string().nullable() }) },
  open_found: { payload: z.object({}) },
  database_online: {
    payload: z.object({ downtimeSeconds: z.number().nullable() }),
    resultOf: "await_open",
  },
  check_succeeded: { payload: z.object({}) },
  check_failed: { payload: z.object({ description: z.string() }) },
  cancelled: { payload: z.object({ rdsTaskId: z.string().nullable() }) },

  /** With the evidence of the kind. */
  drift_raised: { payload: z.object({ drift: z.enum(DRIFT_KINDS) }).catchall(Scalar), words: { drift } },
  drift_cleared: { payload: z.object({ drift: z.enum(DRIFT_KINDS) }), words: { drift } },
  drift_dismissed: { payload: z.object({ drift: z.enum(DRIFT_KINDS) }), words: { drift } },
  probe_changed: {
    payload: z.object({
      probe: z.string(),
      before: z.enum(PROBE_VERDICTS),
      verdict: z.enum(PROBE_VERDICTS),
      answer: z.string(),
    }),
    words: { probe, before: { text: "preflight.verdict.*" }, verdict: { text: "preflight.verdict.*" } },
  },
  warning_accepted: {
    payload: z.object({ probe: z.string(), why: z.string(), answer: z.string() }),
    words: { probe },
  },
  check_run_ended: {
    payload: z.object({ state: z.enum(CHECK_RUN_STATES), database: z.string() }),
    words: { outcome: { of: "state", text: "preflight.check.*" } },
  },
  /** A step of the aftercare, by a person. */
  aftercare_settled: {
    payload: z.object({ step: z.enum(AFTERCARE_STEPS), state: z.enum(AFTERCARE_STATES), note: z.string() }),
    words: { step: { text: "event.aftercare.*" }, state: { text: "event.aftercare_state.*" } },
  },
  /** On RDS, for a user of the source. */
  account_created: {
    payload: z.object({ user: z.string(), account: z.string(), privilege: z.enum(ACCOUNT_PRIVILEGES) }),
  },
  row_counts_compared: { payload: z.object({ tables: z.number(), equal: z.number(), rows: z.number() }) },
  /** A backup on RDS that a person asked for: the first one, or one to bring the data back to the source with. */
  first_backup_started: { payload: z.object({ jobId: z.string() }) },
  first_backup_ended: { payload: z.object({ ok: z.boolean(), backupId: z.string().nullable() }) },
  /** A link to download it was given to a person; the link itself is nowhere. */
  way_back_link_given: { payload: z.object({ backupId: z.string() }) },
  revert_window_set: { payload: z.object({ until: z.iso.datetime() }) },
  revert_window_ended: { payload: z.object({}) },
  /** Put away, or brought back, by a person. */
  archived: { payload: z.object({ archived: z.boolean() }) },
  bucket_cleaned: { payload: z.object({ count: z.number(), sizeBytes }) },
  bucket_deleted: { payload: z.object({ bucket: z.string() }) },
} as const satisfies Record<string, EventKind>;

export type EventType = keyof typeof EVENTS;
export type EventPayloads = { [T in EventType]: z.output<(typeof EVENTS)[T]["payload"]> };
export type EventPayload = Readonly<Record<string, z.output<typeof Scalar>>>;

/** A fact to be written down: a payload that is not its type's does not compile. */
export type NewEvent = { [T in EventType]: { type: T; payload: EventPayloads[T] } }[EventType];

/** A fact that was written by another version, under a type or with a payload that this one does not know. */
export interface OtherEvent {
  type: "other";
  payload: EventPayload & { event: string };
}

export type RecordedEvent = NewEvent | OtherEvent;

/**
 * A stored fact, or one on the wire, by its type. Never throws: what is not known is `other` and keeps what it says.
 * Payloads are flat; anything else in one is left out rather than shown.
 */
export function readEvent(type: string, payload: unknown): RecordedEvent {
  const event = { type, payload: flat(payload) };
  if (isKnown(event) || isOther(event)) return event;
  return { type: "other", payload: { ...event.payload, event: type } };
}

/** What the result of a step that is done tells by itself: the facts whose `resultOf` is its kind. */
export function eventsOfResult(kind: StepKind, result: unknown): NewEvent[] {
  return Object.entries<EventKind>(EVENTS).flatMap(([type, { payload, resultOf }]) => {
    const parsed = resultOf === kind ? payload.safeParse(result) : null;
    const event = { type, payload: flat(parsed?.data) };
    return parsed?.success && isKnown(event) ? [event] : [];
  });
}

interface Said {
  type: string;
  payload: EventPayload;
}

function isKnown(event: Said): event is NewEvent {
  return isEventType(event.type) && EVENTS[event.type].payload.safeParse(event.payload).success;
}

/** Read once already, on the server. */
function isOther(event: Said): event is OtherEvent {
  return event.type === "other" && typeof event.payload.event === "string";
}

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type);
}

function flat(payload: unknown): EventPayload {
  if (typeof payload !== "object" || payload === null) return {};
  const scalars: Record<string, z.output<typeof Scalar>> = {};
  for (const [name, value] of Object.entries(payload)) {
    const scalar = Scalar.safeParse(value);
    if (scalar.success) scalars[name] = scalar.data;
  }
  return scalars;
}
