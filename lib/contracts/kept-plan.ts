import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import { PlanView } from "./plan";
import { PlanRates, PlanWishes } from "./plan-wishes";

const seconds = z.number().nullable();

/** What the newest rehearsal showed: its files as rounds, and how long RDS took to open it. */
export const Rehearsed = z.object({
  migrationId: z.string(),
  at: z.iso.datetime(),
  openSeconds: z.number(),
  rounds: z.array(
    z.object({
      type: z.enum(BACKUP_KINDS),
      bytes: z.number(),
      startedAtMs: z.number(),
      backupSeconds: seconds,
      uploadSeconds: seconds,
      importSeconds: seconds,
    }),
  ),
});
export type Rehearsed = z.infer<typeof Rehearsed>;

/** What a plan is made from, beside the choices of the draft. Sizes in bytes, rates in bytes a second. */
export const PlanBase = z.object({
  databaseBytes: z.number(),
  /** The file of the full backup. */
  fullBytes: z.number(),
  /** It lies in the bucket before the migration starts. */
  isFullThere: z.boolean(),
  measured: PlanRates,
  /** The last log is to be no larger. */
  limitBytes: z.number().default(LAST_LOG_LIMIT_BYTES),
  rehearsed: Rehearsed.nullable().default(null),
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
