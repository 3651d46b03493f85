import { z } from "zod";
import { MigrationListView } from "./migration-list";

/**
 * Of `GET /api/migrations?since=CURSOR`: what has changed since the answer that gave the cursor. A version that knows of no cursors
 * answers with all of the list, which is read as that.
 */
export const MigrationListChanges = MigrationListView.extend({
  /**
   * `migrations` are all of the list: the cursor was given by another process or to somebody with other limits, or is too old. Else
   * they are those that are new or say something else than before, beside a gap that has grown with time.
   */
  whole: z.boolean().default(true),
  /** Ids of migrations that the list shows no more. */
  gone: z.array(z.string()).default([]),
  /**
   * Ids of migrations of the list whose `gapSeconds` is a number and stands still: writes have stopped. Of all others it is the time from what the
   * target holds (`targetHoldsUntilLocal`, `sourceOffsetMinutes`) to `serverNow`.
   */
  gapsAtRest: z.array(z.string()).default([]),
});
export type MigrationListChanges = z.infer<typeof MigrationListChanges>;
