import { z } from "zod";
import { TURN_WAITS } from "@/lib/wave/cutover-turns";
import { MEMBER_STAGES } from "@/lib/wave/member-stage";
import { MEMBER_WAITS } from "@/lib/wave/next-moves";
import { WaveCutover, WaveCutoverWishes, WaveNote, WaveRules } from "@/lib/wave/wave-rules";
import { DRAFT_TEXT_LIMITS, MigrationDraft } from "./migration";
import { MigrationSummaryView } from "./migration-list";
import { Range } from "./range";
import { MATRIX_COLUMNS } from "./wave-matrix";

/** How many databases one wave takes: more than an instance has. */
export const MOST_MEMBERS = 200;

/** `draft`: nothing has begun. `over`: every member is online or left out. Texts `wave.status.*`. */
export const WAVE_STATUSES = ["draft", "running", "paused", "over"] as const;

/** One database of a wave, and where it goes. What is null is as the common form says. */
export const WaveMemberInput = z.strictObject({
  /** Of a member that is there; null: it is new. */
  migrationId: z.string().nullable().default(null),
  sourceConnectionId: z.string().nullable().default(null),
  sourceDatabase: z.string().min(1).max(128),
  /** Where its server writes backups, as SQL Server and as this machine name it; null: as the common form says. */
  sourceFolder: z.string().max(DRAFT_TEXT_LIMITS.sourceFolder).nullable().default(null),
  localFolder: z.string().max(DRAFT_TEXT_LIMITS.localFolder).nullable().default(null),
  instanceId: z.string().nullable().default(null),
  targetDatabase: z.string().max(DRAFT_TEXT_LIMITS.targetDatabase),
  /** As the source's list said it; null: nobody knows. */
  databaseBytes: z.number().min(1).max(1e15).nullable().default(null),
});
export type WaveMemberInput = z.infer<typeof WaveMemberInput>;

/** POST /api/waves, PUT /api/waves/:id/draft */
export const WaveInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** What all have in common; its source database and target name are not used. Its prefix is a folder, one below it for each. */
  form: MigrationDraft,
  rules: WaveRules,
  /** In the order of their cutovers. */
  members: z.array(WaveMemberInput).min(1).max(MOST_MEMBERS),
});
export type WaveInput = z.infer<typeof WaveInput>;

/** Instants as likely passed as not, and passed once in ten times; null: not foreseen. */
const Foreseen = z.object({ p50: z.iso.datetime(), p90: z.iso.datetime() }).nullable();

export const WaveMemberView = z.object({
  migration: MigrationSummaryView,
  /** In the row of cutovers, from 1. */
  place: z.number(),
  /** Where its server writes backups, as SQL Server and as this machine name it. */
  folders: z.object({ source: z.string(), local: z.string() }),
  /** Of its database; null: nobody knows. */
  bytes: z.number().nullable(),
  stage: z.enum(MEMBER_STAGES),
  /** Why it does not begin, or is not cut over, now; null: it is not waiting for the wave. */
  wait: z.enum([...MEMBER_WAITS, ...TURN_WAITS]).nullable(),
  /** Of one that waits for space: bytes that are free there beside what the members before it still take. */
  roomBytes: z.number().nullable(),
  note: WaveNote.nullable(),
  /** Its cutover is armed for the wave, and why it did not begin although it was to, as in `error.<reason>`. */
  armed: z.boolean(),
  heldBecause: z.string().nullable(),
  /** Its cutover was taken back by its deadline or its hook. */
  takenBack: z.enum(["deadline", "hook"]).nullable(),
  /** What is under way of its file, 0 to 1; null: nothing that is counted. */
  done: z.number().nullable(),
  foreseen: z.object({
    start: Foreseen,
    restored: Foreseen,
    ready: Foreseen,
    cutover: Foreseen,
    online: Foreseen,
  }),
  downtimeSeconds: Range.nullable(),
  onlineAt: z.iso.datetime().nullable(),
  /** When writes were stopped; null: they were not. */
  stoppedAt: z.iso.datetime().nullable(),
});
export type WaveMemberView = z.infer<typeof WaveMemberView>;

const waveColumns = {
  id: z.string(),
  name: z.string(),
  status: z.enum(WAVE_STATUSES),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
};

export const WaveView = z.object({
  ...waveColumns,
  form: MigrationDraft,
  rules: WaveRules,
  cutover: WaveCutover.nullable(),
  /** The rules of cutovers ask for a second person. */
  needsApproval: z.boolean(),
  /** It waits for the wave that it is to follow; null: it does not. */
  after: z.object({ name: z.string(), until: z.iso.datetime().nullable() }).nullable(),
  /** The wave that its rules name, whether it still waits for it or not; null: it follows none, or that one is gone. */
  follows: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Waves that begin after this one, as many hours after its last is online. */
  followedBy: z.array(z.object({ id: z.string(), name: z.string(), hours: z.number() })),
  members: z.array(WaveMemberView),
  /** The last one online, and who would be the last without it. */
  last: z.object({ migrationId: z.string(), p50: z.iso.datetime(), p90: z.iso.datetime() }).nullable(),
  second: z.object({ migrationId: z.string(), p50: z.iso.datetime() }).nullable(),
  /** Members of which nothing is foreseen. */
  unforeseen: z.number(),
  instances: z.array(
    z.object({
      instanceId: z.string(),
      importsUsed: z.number(),
      importsLimit: z.number(),
      /** Bytes of its disk, as it said last; null: nobody has asked, or it never answered. */
      space: z.object({ at: z.iso.datetime(), storageBytes: z.number(), freeBytes: z.number() }).nullable(),
      /** What others are about to take of it: migrations of their own, and members of the waves that are named. */
      beside: z.object({
        count: z.number(),
        begun: z.number(),
        /** Of its disk, by their databases' sizes at the source, beside what it says is used. */
        bytes: z.number(),
        /** Of how many the size is not known. */
        unknown: z.number(),
        /** Imports of today that are kept for them. */
        imports: z.number(),
        waves: z.array(z.string()),
      }),
    }),
  ),
  serverNow: z.iso.datetime(),
});
export type WaveView = z.infer<typeof WaveView>;

export const WaveListView = z.object({
  waves: z.array(
    z.object({
      ...waveColumns,
      members: z.number(),
      online: z.number(),
      /** They need a person. */
      stopped: z.number(),
    }),
  ),
});
export type WaveListView = z.infer<typeof WaveListView>;

const migrationIds = z.array(z.string()).min(1).max(MOST_MEMBERS);

/** POST /api/waves/:id/actions */
export const WaveAction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("start") }),
  /** Nothing begins any more and nothing is uploaded; what RDS is at, and cutovers under way, go on. */
  z.strictObject({ type: z.literal("pause") }),
  z.strictObject({ type: z.literal("go_on") }),
  z.strictObject({ type: z.literal("set_rules"), rules: WaveRules }),
  /** One cutover for all: members are armed as they are ready. */
  z.strictObject({ type: z.literal("arm"), cutover: WaveCutoverWishes }),
  z.strictObject({ type: z.literal("disarm") }),
  z.strictObject({ type: z.literal("approve") }),
  /** Starts the clock of the cutover by hand; `confirmName` must equal the wave's name. */
  z.strictObject({ type: z.literal("go"), confirmName: z.string() }),
  /** In the row of cutovers: all members' ids. */
  z.strictObject({ type: z.literal("set_places"), migrationIds }),
  /** The wave knows them no more: drafts are thrown away, what has begun goes on by itself. */
  z.strictObject({ type: z.literal("leave_out"), migrationIds }),
  z.strictObject({ type: z.literal("take_log"), migrationIds }),
  /** Tries again what the wave was refused, and arms again whom a person had disarmed, or whose cutover was taken back. */
  z.strictObject({ type: z.literal("try_again"), migrationIds }),
]);
export type WaveAction = z.infer<typeof WaveAction>;

/** POST /api/waves/:id/preflight: looks at these, or at all. */
export const RunWavePreflightInput = z.strictObject({ migrationIds: migrationIds.nullable() });

/** What a cell of the matrix says: the worst of its column's probes; `accepted`: a warning that a person took on. */
export const CELL_VERDICTS = ["pass", "accepted", "warn", "unknown", "block"] as const;
export type CellVerdict = (typeof CELL_VERDICTS)[number];

/** One database's row of the matrix. */
const MatrixRow = z.object({
  migrationId: z.string(),
  /** Columns of which nothing was asked are not there. */
  cells: z.partialRecord(z.enum(MATRIX_COLUMNS), z.enum(CELL_VERDICTS)),
  /** How many probes of it said so. */
  counts: z.object({
    pass: z.number(),
    accepted: z.number(),
    warn: z.number(),
    unknown: z.number(),
    block: z.number(),
  }),
  /** The worst that is said of it: text `probe.<id>.<verdict>`. */
  worst: z
    .object({
      id: z.string(),
      verdict: z.enum(CELL_VERDICTS),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
  /** Of the oldest answer; null: it was not looked at. */
  at: z.iso.datetime().nullable(),
});

export const WavePreflightView = z.object({
  rows: z.array(MatrixRow),
  /** Of each instance: free as it was said last, and what the members need that it does not hold yet; null: not known. */
  instances: z.array(
    z.object({
      instanceId: z.string(),
      freeBytes: z.number().nullable(),
      neededBytes: z.number().nullable(),
      /** How many others are under way to it, and what they still take of its disk as far as their sizes are known. */
      beside: z.object({ count: z.number(), bytes: z.number() }),
    }),
  ),
  serverNow: z.iso.datetime(),
});
export type WavePreflightView = z.infer<typeof WavePreflightView>;
