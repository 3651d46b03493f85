import { z } from "zod";
import { PLAN_PARTS } from "@/lib/forecast/plan-input";
import { InstantRange, Range } from "./range";

/** Begins and ends: as likely earlier as later, and later once in ten times. */
const ForeseenSpan = z.object({ startAt: InstantRange, endAt: InstantRange });

/** One part of a migration: as it was planned when it started, as it went, and as it is foreseen now. */
export const OutlookPart = z.object({
  part: z.enum(PLAN_PARTS),
  /** The group of steps that it belongs to; null while none of it has begun. */
  groupKey: z.string().nullable(),
  plan: ForeseenSpan.nullable(),
  /** `endAt` null: under way. */
  actual: z.object({ startAt: z.iso.datetime(), endAt: z.iso.datetime().nullable() }).nullable(),
  /** Null once it is over, or when nothing more is foreseen. */
  forecast: ForeseenSpan.nullable(),
  /** Of what is moved, as foreseen; null where nothing is, or nobody knows. */
  bytes: z.number().nullable(),
});
export type OutlookPart = z.infer<typeof OutlookPart>;

export const OutlookView = z.object({
  /** Null: it was started before plans were kept, or nobody knew the database's size. */
  plan: z
    .object({
      madeAt: z.iso.datetime(),
      cutoverAt: InstantRange,
      onlineAt: InstantRange,
      downtimeSeconds: Range,
    })
    .nullable(),
  parts: z.array(OutlookPart),
  /** When it will be online if it is cut over as soon as it may be; null when it is, or nothing is foreseen. */
  onlineAt: InstantRange.nullable(),
  /** Later (or, below 0, earlier) online than planned, as foreseen or as it was; null without a plan. */
  behindSeconds: z.number().nullable(),
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor: z.number(),
});
export type OutlookView = z.infer<typeof OutlookView>;
