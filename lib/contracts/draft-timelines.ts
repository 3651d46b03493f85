import { z } from "zod";
import { TimelineChoice } from "@/lib/migration/known-timelines";

/** GET /api/migrations/:id/timelines: what there is to choose between where a draft takes its files from. */
export const TimelinesView = z.object({
  /** The newest first; one or none where nothing is to be chosen. */
  timelines: z.array(TimelineChoice),
  /** Headers of so many files were read, the newest of `of`. */
  looked: z.number(),
  of: z.number(),
  /** The recovery fork that the source is on now; null where it was not asked, or did not say. */
  sourceForkGuid: z.string().nullable(),
});
export type TimelinesView = z.infer<typeof TimelinesView>;
