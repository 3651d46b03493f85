import type { Ctx } from "@/lib/context/context";
import { UNFINISHED } from "@/lib/context/unfinished";
import { probeMigration } from "./run-probes";
import { storeProbes } from "./store-probes";

/** Cheap questions are asked again at most this often. */
const WATCH_MS = 60_000;
/** Once writes are stopped the source is meant to change. */
const WATCHED_PHASES = ["preflight", "full", "rounds"];

/** Migrations under way whose cheap probes were not asked for a minute. */
export async function findWatchDue(ctx: Pick<Ctx, "db" | "now">): Promise<string[]> {
  const rows = await ctx.db.migration.findMany({
    where: { status: UNFINISHED, phase: { in: WATCHED_PHASES }, writesStoppedAt: null },
    // What migrations of one server or instance have in common is asked once for those that stand together.
    orderBy: [{ sourceConnectionId: "asc" }, { instanceId: "asc" }, { id: "asc" }],
    select: { id: true, probes: { where: { probeId: "source.state" }, select: { at: true } } },
  });
  const due = ctx.now().getTime() - WATCH_MS;
  // Without an answer the preflight has not ended yet.
  return rows.filter(({ probes }) => probes.some(({ at }) => at.getTime() <= due)).map(({ id }) => id);
}

/** Asks what is cheap to ask; an answer that changed is an event. Systems that do not answer are answers too. */
export async function watchProbes(ctx: Ctx, migrationId: string): Promise<void> {
  const views = await probeMigration(ctx, migrationId, ({ cheap }) => cheap === true);
  await storeProbes({ ctx, migrationId, views, asked: [] });
}
