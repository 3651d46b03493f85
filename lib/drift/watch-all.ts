import type { Ctx } from "@/lib/context/context";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { unreadableIn } from "@/lib/store/read-column";
import { readMigration } from "@/lib/store/typed-rows";
import { watchDrift } from "./watch-drift";

/**
 * One look at the source of every migration that stands on a chain: from its start until writes are stopped. A source that
 * can't be reached now is passed over; the next look has it. So is a row that another version wrote.
 */
export async function watchAllDrift(ctx: Ctx): Promise<void> {
  const watched = await ctx.db.migration.findMany({
    where: {
      startedAt: { not: null },
      finishedAt: null,
      writesStoppedAt: null,
      method: "access_pending",
      status: { notIn: ["draft", "cancelled", "succeeded"] },
      sourceConnectionId: { not: null },
    },
  });
  for (const migration of watched) {
    try {
      await watchDrift(ctx, readMigration(migration));
    } catch (error) {
      if (!isExternalError(error) && !unreadableIn(error)) throw error;
      ctx.log.warn({ err: error, migrationId: migration.id }, "drift watch: passed over");
    }
  }
}
