import type { Ctx } from "@/lib/context/context";
import { watchAllTargets } from "@/lib/drift/watch-all-targets";
import { advanceMigration } from "@/lib/plan/advance-migration";

/**
 * One look at all targets; a migration whose alarm came or went gets its stored status anew, so that lists and pages tell it
 * though no step of it ended. Answers whether any did.
 */
export async function watchTargets(ctx: Ctx): Promise<boolean> {
  const changed = await watchAllTargets(ctx);
  for (const migrationId of changed) {
    await ctx.db.$transaction((tx) => advanceMigration(ctx, tx, migrationId));
  }
  return changed.length > 0;
}
