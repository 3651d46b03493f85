import type { Ctx } from "@/lib/context/context";
import type { ChainGuard } from "@/lib/sqlserver/source-server";
import type { PrismaClient } from "@/lib/store/generated/client";
import { watchDrift } from "./watch-drift";
import { watchEach } from "./watch-each";

/** Of migrations whose last look found nothing: what was looked at. */
const quiet = new WeakMap<PrismaClient, Map<string, string>>();

/**
 * One look at the source of every migration that stands on a chain. Where neither the chain as the server tells it nor the migration has changed
 * since a look that found nothing, the chain is all that is asked for: of all databases of a server at once.
 */
export async function watchAllDrift(ctx: Ctx): Promise<void> {
  const before = quiet.get(ctx.db) ?? new Map<string, string>();
  const now = new Map<string, string>();
  quiet.set(ctx.db, now);
  const guards = new Map<string, Promise<ReadonlyMap<string, ChainGuard>>>();
  const guardsOf = (connectionId: string) => {
    const known =
      guards.get(connectionId) ?? ctx.clients.source(connectionId).then((source) => source.readChainGuards());
    guards.set(connectionId, known);
    return known;
  };
  await watchEach(ctx, "drift watch", { sourceConnectionId: { not: null } }, async (migration) => {
    const seen = await watchDrift(ctx, migration, before.get(migration.id), guardsOf);
    if (seen.quiet !== null) now.set(migration.id, seen.quiet);
  });
}
