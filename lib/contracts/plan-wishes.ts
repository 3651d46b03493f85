import { z } from "zod";
import { PLAN_PARTS } from "@/lib/forecast/plan-input";

/** Bytes a second. */
const rate = z.number().min(1).max(1e12).exactOptional();

/** Rates that a person knows better than we, or that the source's history tells. */
export const PlanRates = z.object({
  full_backup: rate,
  upload: rate,
  restore: rate,
  log_backup: rate,
  log_import: rate,
  log_growth: rate,
});
export type PlanRates = z.infer<typeof PlanRates>;

/** What is known of one part: how long it takes, and when it begins at the earliest. */
export const KnownPart = z.object({
  /** Null: by its rate. */
  minutes: z.number().min(0).max(100_000).nullable().default(null),
  notBefore: z.iso.datetime().nullable().default(null),
});
export type KnownPart = z.infer<typeof KnownPart>;

/** What a person types beside a plan. Nothing of it is done: it only moves what is foreseen. */
export const PlanWishes = z.object({
  /** Null: now. Not used where a cutover is wanted. */
  startAt: z.iso.datetime().nullable().default(null),
  /** When writes are to stop; null: as early as it goes. */
  cutoverAt: z.iso.datetime().nullable().default(null),
  /** Where no server can be asked for it; null: as the source says. */
  databaseBytes: z.number().min(1).max(1e15).nullable().default(null),
  rates: PlanRates.default({}),
  parts: z.partialRecord(z.enum(PLAN_PARTS), KnownPart).default({}),
});
export type PlanWishes = z.infer<typeof PlanWishes>;

export const NO_WISHES: PlanWishes = {
  startAt: null,
  cutoverAt: null,
  databaseBytes: null,
  rates: {},
  parts: {},
};
