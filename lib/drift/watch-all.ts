import type { Ctx } from "@/lib/context/context";
import { watchDrift } from "./watch-drift";
import { watchEach } from "./watch-each";

/** One look at the source of every migration that stands on a chain. */
export async function watchAllDrift(ctx: Ctx): Promise<void> {
  await watchEach(ctx, "drift watch", { sourceConnectionId: { not: null } }, (migration) =>
    watchDrift(ctx, migration),
  );
}
