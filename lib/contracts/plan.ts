import { z } from "zod";
import { PLAN_BASES, PLAN_PARTS } from "@/lib/forecast/plan-input";
import { InstantRange, Range } from "./range";

/** A migration in time, before any of it has run. Instants in UTC, durations in seconds, sizes in bytes. */
export const PlanView = z.object({
  /** When it is planned to start. */
  startAt: z.iso.datetime(),
  /** For a wanted cutover: the starts that meet it five and nine times of ten. Null where none was asked for. */
  wanted: z
    .object({ cutoverAt: z.iso.datetime(), likelyStartAt: z.iso.datetime(), safeStartAt: z.iso.datetime() })
    .nullable(),
  parts: z.array(
    z.object({
      part: z.enum(PLAN_PARTS),
      startAt: InstantRange,
      endAt: InstantRange,
      seconds: Range,
      /** Null where nothing is moved, or the size is not known beforehand. */
      bytes: Range.nullable(),
      downtime: z.boolean(),
      basis: z.enum(PLAN_BASES),
    }),
  ),
  cutoverAt: InstantRange,
  onlineAt: InstantRange,
  downtimeSeconds: Range,
  /** Nobody stops writes: `downtimeSeconds` is how long what is written is lost. Plans of before do not say it. */
  losesWrites: z.boolean().default(false),
  imports: Range,
  /** False: the log probably never gets under the limit. */
  getsUnderLimit: z.boolean(),
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor: z.number(),
});
export type PlanView = z.infer<typeof PlanView>;
