import type { Ctx } from "@/lib/context/context";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { watchDrift } from "./watch-drift";

/**
 * One look at the source of every migration that stands on a chain: from its start until writes are stopped. A source that
 * can't be reached now is passed over; the next look has it.
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
    select: {
      id: true,
      sourceConnectionId: true,
      sourceDatabase: true,
      backupBy: true,
      targetLsn: true,
      driftBaseline: true,
    },
  });
  for (const migration of watched) {
    try {
      await watchDrift(ctx, migration);
    } catch (error) {
      if (!isExternalError(error)) throw error;
      ctx.log.warn({ err: error, migrationId: migration.id }, "drift watch: the source did not answer");
    }
  }
}
