import { z } from "zod";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import { MOST_LANES } from "@/lib/migration/upload-lanes";
import { UploadControl } from "./migration";

/** Decimal megabytes: RDS's guide says 500 MB. */
export const LEAST_LAST_LOG_BYTES = 1_000_000;

/** What a migration begins with when it is started. Later changes leave it as it is. */
export const StartLimits = z.strictObject({
  /** Above it the last log before a cutover is said to be too large. */
  lastLogBytes: z.number().int().min(LEAST_LAST_LOG_BYTES).max(LAST_LOG_LIMIT_BYTES),
  /** The downtime that a cutover's form begins with; null: none. */
  downtimeMinutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .nullable(),
  /** Parts of a file on their way to OSS at once, at most; null: as many as prove useful. */
  uploadLanes: z.number().int().min(1).max(MOST_LANES).nullable(),
  /** What its uploads share; null: no limit. */
  bytesPerSecond: UploadControl.shape.bytesPerSecond,
});
export type StartLimits = z.infer<typeof StartLimits>;

/** The fewest days that something is kept: RDS tells of a task for a week, and what is forgotten sooner would come again. */
export const LEAST_DAYS = 30;
const days = z.number().int().min(LEAST_DAYS).max(3_650).nullable();

/**
 * How many days is kept what is no part of a migration's record; null: for ever. Migrations, their events and the audit are never
 * removed: MLPS asks for at least 180 days of logs, SOX for more.
 */
export const Retention = z.strictObject({
  /** Tasks that were not ours, as RDS told of them, and messages that nothing explained: since they were last seen. */
  recordDays: days,
  /** Gauges of steps and what uploads had noted to go on with: since their migration is over. */
  progressDays: days,
  /** Notices and calls of hooks that were taken or given up. */
  deliveryDays: days,
});
export type Retention = z.infer<typeof Retention>;

/** GET and PUT /api/settings: what holds for all migrations. */
export const ProductSettings = z.strictObject({ limits: StartLimits, retention: Retention });
export type ProductSettings = z.infer<typeof ProductSettings>;

export const FIRST_SETTINGS: ProductSettings = {
  limits: {
    lastLogBytes: LAST_LOG_LIMIT_BYTES,
    downtimeMinutes: null,
    uploadLanes: null,
    bytesPerSecond: null,
  },
  retention: { recordDays: null, progressDays: null, deliveryDays: null },
};

/** What a migration keeps of them in its row; what its uploads began with is in `uploadControl`. */
export const KeptLimits = z.strictObject({
  lastLogBytes: StartLimits.shape.lastLogBytes,
  downtimeMinutes: StartLimits.shape.downtimeMinutes,
});
export type KeptLimits = z.infer<typeof KeptLimits>;
