import { z } from "zod";
import { PLAN_PARTS } from "@/lib/forecast/plan-input";
import { DIFFERENTIAL_REASONS } from "@/lib/forecast/weigh-differential";
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

/** A differential that spares imports or time against the logs that wait; text `differential.why.<why>`. */
export const DifferentialProposal = z.object({
  why: z.enum(DIFFERENTIAL_REASONS),
  replaces: z.number(),
  waitingBytes: z.number(),
  /** It is not larger than this. */
  atMostBytes: z.number(),
  imports: z.object({ logs: z.number(), differential: z.number(), left: z.number() }),
  /** Until the last of them is restored. */
  seconds: z.object({ logs: Range, differential: Range }),
  /** RDS is at a file until then: taken now it would lack what is written meanwhile. Null: now. */
  takeAt: z.iso.datetime().nullable(),
});
export type DifferentialProposal = z.infer<typeof DifferentialProposal>;

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
  /** Null: the logs that wait are as good. */
  differential: DifferentialProposal.nullable(),
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor: z.number(),
});
export type OutlookView = z.infer<typeof OutlookView>;
