import { z } from "zod";
import { FirstBackup } from "@/lib/migration/aftercare";
import { WAY_BACK_RULES } from "@/lib/migration/way-back";
import { Failure } from "./connection";

/** A full backup that RDS took since the database is open there. */
const WayBackSet = z.object({
  backupId: z.string(),
  endedAt: z.iso.datetime().nullable(),
  /** Of the whole instance. */
  sizeBytes: z.number().nullable(),
  /** RDS gives links to physical backups, none to snapshots. */
  downloadable: z.boolean(),
});

/**
 * How long it would take, in seconds; null: nothing was measured that it could be told from. The download as fast as this
 * migration's uploads were, the restore as fast as RDS restored its full backup.
 */
const WayBackForecast = z.object({
  sizeBytes: z.number().nullable(),
  downloadSeconds: z.number().nullable(),
  restoreSeconds: z.number().nullable(),
});

/** GET /api/migrations/:id/way-back: whether data can come back from RDS to the source once it is open there. */
export const WayBackView = z.object({
  rule: z.enum(WAY_BACK_RULES),
  /** Releases as people say them, `2019`; null: not known. */
  source: z.string().nullable(),
  target: z.string().nullable(),
  /** T-SQL that restores a backup of RDS's at the source, to copy; empty where the rule forbids it. */
  script: z.string(),
  /** Where the script looks for the backup file, as the source server sees it. */
  file: z.string(),
  /** Newest first; empty before the database is online. */
  sets: z.array(WayBackSet),
  /** The newest backup that was asked for here to go back with; null: none. */
  backup: FirstBackup.nullable(),
  forecast: WayBackForecast,
  /** Why the backups are not there; null: RDS answered, or was not asked. */
  rdsFailure: Failure.nullable(),
});
export type WayBackView = z.infer<typeof WayBackView>;

/** POST /api/migrations/:id/way-back/link */
export const WayBackLinkRequest = z.strictObject({ backupId: z.string().min(1).max(64) });

/** A link that RDS has signed: whoever has it can download the data. */
export const WayBackLink = z.object({
  url: z.string(),
  intranetUrl: z.string().nullable(),
  /** What the archive holds; null: all databases of the instance. */
  database: z.string().nullable(),
});
export type WayBackLink = z.infer<typeof WayBackLink>;
