import { z } from "zod";
import { PlanView } from "./plan";
import { PlanRates, PlanWishes } from "./plan-wishes";

/** What a plan is made from, beside the choices of the draft. Sizes in bytes, rates in bytes a second. */
export const PlanBase = z.object({
  databaseBytes: z.number(),
  /** The file of the full backup. */
  fullBytes: z.number(),
  /** It lies in the bucket before the migration starts. */
  isFullThere: z.boolean(),
  measured: PlanRates,
  wishes: PlanWishes,
});
export type PlanBase = z.infer<typeof PlanBase>;

/** The plan as it was when the migration started: what happens is held against it, whatever is foreseen later. */
export const KeptPlan = z.object({
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  base: PlanBase,
  plan: PlanView,
});
export type KeptPlan = z.infer<typeof KeptPlan>;
