import { z } from "zod";
import { CutoverDeadline } from "@/lib/migration/cutover-request";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";
import { STOP_WRITES } from "@/lib/migration/vocabulary/stop-writes";

/** In which order the members of a wave begin. */
export const WAVE_ORDERS = ["largest_first", "as_listed"] as const;
/** Whether all are cut over at once, or one after another. */
export const CUTOVER_MODES = ["together", "sequence"] as const;

/** The least a line is shared into: a connection that sends less looks dead. Bytes a second. */
export const LEAST_SHARE = 65_536;

/** How the members of a wave share what they have in common. A wave that was saved before a field came reads as untouched. */
export const WaveRules = z.strictObject({
  order: z.enum(WAVE_ORDERS).default("largest_first"),
  /** First backups that are taken and sent at once, for each source server. */
  sourcesAtOnce: z.number().int().min(1).max(20).default(2),
  /** First backups that RDS restores at once, for each instance. */
  restoresAtOnce: z.number().int().min(1).max(20).default(2),
  /** Of all uploads of the wave together, bytes a second; null: no limit. */
  bytesPerSecond: z
    .number()
    .int()
    .min(LEAST_SHARE)
    .max(2 ** 40)
    .nullable()
    .default(null),
  /** Nothing of it begins before all members of that wave are over and have been online for `afterHours`; null: at once. */
  afterWaveId: z.string().nullable().default(null),
  /** Hours, 0: as soon as the last is online. */
  afterHours: z
    .number()
    .min(0)
    .max(24 * 30)
    .default(0),
});
export type WaveRules = z.infer<typeof WaveRules>;

const wishes = {
  mode: z.enum(CUTOVER_MODES),
  /** Of a sequence: each instance has one of its own, side by side. */
  perInstance: z.boolean(),
  /** Of a sequence: minutes that one is online before the next begins, in which it can still be taken back to the source. */
  waitMinutes: z
    .number()
    .min(0)
    .max(7 * 24 * 60),
  stopWrites: z.enum(STOP_WRITES),
  checkMode: z.enum(CHECK_MODES),
  /** Of each; null: none. */
  deadline: CutoverDeadline.nullable(),
};

/** When the clock of a wave's cutover runs; null: a person starts it, and nothing ends it. */
const Window = z.strictObject({ opensAt: z.iso.datetime(), closesAt: z.iso.datetime() }).nullable();

/** What a person asks for: one clock for all, and how each goes. */
export const WaveCutoverWishes = z
  .strictObject({ ...wishes, window: Window })
  .superRefine(({ window }, { addIssue }) => {
    if (window !== null && Date.parse(window.opensAt) >= Date.parse(window.closesAt))
      addIssue({ code: "custom", message: "ends before it begins", path: ["window"] });
  });
export type WaveCutoverWishes = z.infer<typeof WaveCutoverWishes>;

/** The same as the wave's row keeps it. */
export const WaveCutover = z.object({
  ...wishes,
  window: Window,
  askedAt: z.iso.datetime(),
  askedBy: z.string(),
  askedById: z.string(),
  /** By a second person; it holds for each member as it is armed. */
  approved: z.object({ by: z.string(), byId: z.string(), at: z.iso.datetime() }).nullable(),
  /** A person has started the clock by hand. */
  goAt: z.iso.datetime().nullable(),
});
export type WaveCutover = z.infer<typeof WaveCutover>;

/** What a member did not do when the wave asked it to. Texts `error.<reason>`. */
export const WaveNote = z.object({
  at: z.iso.datetime(),
  asked: z.enum(["start", "cutover"]),
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type WaveNote = z.infer<typeof WaveNote>;

/** What a wave says to one of its members, as the migration's row keeps it. */
export const WavePart = z.object({
  /** Its first backup is not handed to RDS before it is its turn. */
  restoreHeld: z.boolean().default(false),
  /** The instance's imports of today are kept for cutovers: no round begins by itself. */
  roundsHeld: z.boolean().default(false),
  /** The wave pauses: nothing is uploaded. */
  paused: z.boolean().default(false),
  /** When its first backup was handed to RDS. */
  restoreSince: z.iso.datetime().nullable().default(null),
  /** Its share of the line, bytes a second; null: no limit but its own. */
  bytesPerSecond: z.number().nullable().default(null),
  note: WaveNote.nullable().default(null),
  /** When a person asked to try it again: what took its cutover back before that keeps it out no more. */
  againAt: z.iso.datetime().nullable().default(null),
});
export type WavePart = z.infer<typeof WavePart>;

/** Of a member that the wave has said nothing to. */
export const NO_PART: WavePart = WavePart.parse({});

const seconds = z.object({
  /** From its start until its first backup lies in OSS. */
  prepare: z.number(),
  restore: z.number(),
  /** From there until a cutover could begin. */
  catchUp: z.number(),
  downtime: z.number(),
});
/** How long the parts of a member take, seconds; of one under way, what is left of them. */
export type MemberSeconds = z.infer<typeof seconds>;

/** What was foreseen of each member, by its migration's id. `seconds` null: nobody knows its size. */
export const WavePlans = z.record(
  z.string(),
  z.object({
    madeAt: z.iso.datetime(),
    bytes: z.number().nullable(),
    seconds: z.object({ p50: seconds, p90: seconds }).nullable(),
  }),
);
export type WavePlans = z.infer<typeof WavePlans>;

/** What each instance said of its disk, by its id. */
export const WaveSpaces = z.record(
  z.string(),
  z.object({
    /** Whether it answered or not. */
    askedAt: z.iso.datetime(),
    /** Null: it never has. Bytes. */
    said: z.object({ at: z.iso.datetime(), storageBytes: z.number(), freeBytes: z.number() }).nullable(),
    /** Members whose databases are part of what is used there, by their migrations' ids. */
    onDisk: z.array(z.string()),
  }),
);
export type WaveSpaces = z.infer<typeof WaveSpaces>;
