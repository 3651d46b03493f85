import { z } from "zod";
import { CHECK_MODES } from "./vocabulary/check-mode";
import { STOP_WRITES } from "./vocabulary/stop-writes";

/** What a person asked for when the cutover began, as the migration's row keeps it. */
export const CutoverRequest = z.object({
  requestedAt: z.iso.datetime(),
  stopWrites: z.enum(STOP_WRITES),
  checkMode: z.enum(CHECK_MODES),
  /** Downtime that was foreseen then, as likely passed as not. */
  forecastSeconds: z.number().nullable().default(null),
  /** And passed once in ten times. */
  forecastP90Seconds: z.number().nullable().default(null),
});
export type CutoverRequest = z.infer<typeof CutoverRequest>;
