import { z } from "zod";
import { WAY_BACK_RULES } from "@/lib/migration/way-back";

/** GET /api/migrations/:id/way-back: whether data can come back from RDS to the source once it is open there. */
export const WayBackView = z.object({
  rule: z.enum(WAY_BACK_RULES),
  /** Releases as people say them, `2019`; null: not known. */
  source: z.string().nullable(),
  target: z.string().nullable(),
  /** T-SQL that restores a backup of RDS's at the source, to copy; empty where the rule forbids it. */
  script: z.string(),
});
export type WayBackView = z.infer<typeof WayBackView>;
