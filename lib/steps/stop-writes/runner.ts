import { isRecord } from "@/lib/store/migration-rows";
import { type Outcome, required, type StepRun } from "../step-run";

/**
 * Keeps row counts while the source can still be read, then lets only privileged logins in. Repeatable: the clock
 * begins with the first try, whatever happens to this process in between.
 */
export async function runStopWrites(run: StepRun): Promise<Outcome> {
  const { ctx, migration, step } = run;
  const database = required(migration.sourceDatabase, "source database");
  const source = await ctx.clients.source(required(migration.sourceConnectionId, "source server"));
  const begun = isRecord(step.checkpoint) ? step.checkpoint : null;
  let stoppedAt = typeof begun?.stoppedAt === "string" ? begun.stoppedAt : null;
  let rowCounts = isRecord(begun?.rowCounts) ? (begun.rowCounts as Record<string, number>) : null;
  if (stoppedAt === null) {
    rowCounts = await source.rowCounts(database).catch(() => null);
    stoppedAt = ctx.now().toISOString();
    await run.saveCheckpoint({ stoppedAt, rowCounts });
  }
  await source.restrictUsers(database);
  const sessions = await source.listSessions(database);
  const at = new Date(stoppedAt);
  return {
    type: "done",
    result: { stoppedAt, rowCounts, sessionsLeft: sessions.length },
    events: [{ type: "writes_stopped", payload: { how: "restricted_user" } }],
    write: async (tx) => {
      await tx.migration.update({ where: { id: migration.id }, data: { writesStoppedAt: at } });
    },
  };
}
