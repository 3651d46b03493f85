import { z } from "zod";
import { CHECK_MODES } from "./vocabulary/check-mode";
import { CONDITION_KEYS, CONDITION_STATES } from "./vocabulary/condition";
import { DEADLINE_AFTERS, DEADLINE_WHYS } from "./vocabulary/deadline";
import { HOOK_GATES } from "./vocabulary/hook-moment";
import { WRITES_STOPPED_BY } from "./vocabulary/stop-writes";

/** Half a second: what is shorter is none. */
const LEAST_MINUTES = 1 / 120;

/** The longest downtime that a person would have, counted from the stop of writes, and what follows when it is passed. */
export const CutoverDeadline = z.object({
  /** Minutes; parts of them in rehearsals only. */
  minutes: z
    .number()
    .min(LEAST_MINUTES)
    .max(24 * 60),
  after: z.enum(DEADLINE_AFTERS),
});
export type CutoverDeadline = z.infer<typeof CutoverDeadline>;

/** The same, with when and how it was passed; null: it was not. */
export const KeptDeadline = CutoverDeadline.extend({
  passed: z.object({ at: z.iso.datetime(), why: z.enum(DEADLINE_WHYS) }).nullable(),
});
export type KeptDeadline = z.infer<typeof KeptDeadline>;

/** A cutover that was taken back by itself, and when the source was open again: by its deadline, or by what its hook answered. */
export const TakenBack = z.discriminatedUnion("by", [
  KeptDeadline.extend({ by: z.literal("deadline"), releasedAt: z.iso.datetime() }),
  z.object({
    by: z.literal("hook"),
    gate: z.enum(HOOK_GATES),
    host: z.string(),
    /** Null: no answer came. */
    status: z.number().nullable(),
    releasedAt: z.iso.datetime(),
  }),
]);
export type TakenBack = z.infer<typeof TakenBack>;

/** How one condition of the cutover stood when it began. */
export const KeptGate = z.object({
  key: z.enum(CONDITION_KEYS),
  state: z.enum(CONDITION_STATES),
  soft: z.boolean(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** What a person asked for when the cutover began, as the migration's row keeps it. */
export const CutoverRequest = z.object({
  requestedAt: z.iso.datetime(),
  stopWrites: z.enum(WRITES_STOPPED_BY),
  checkMode: z.enum(CHECK_MODES),
  /** Downtime that was foreseen then, as likely passed as not. */
  forecastSeconds: z.number().nullable().default(null),
  /** And passed once in ten times. */
  forecastP90Seconds: z.number().nullable().default(null),
  deadline: KeptDeadline.nullable().default(null),
  /** Empty: it began before they were kept, or had none. */
  gates: z.array(KeptGate).default([]),
});
export type CutoverRequest = z.infer<typeof CutoverRequest>;
