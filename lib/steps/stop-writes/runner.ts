import { type Outcome as AnyOutcome, required, type StepRun } from "../step-run";
import type { stopWrites } from "./definition";

type Run = StepRun<typeof stopWrites>;
type Outcome = AnyOutcome<typeof stopWrites>;

/**
 * Keeps row counts while the source can still be read, then lets only privileged logins in. Repeatable: the clock
 * begins with the first try, whatever happens to this process in between.
 */
export async function runStopWrites(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const database = required(migration.sourceDatabase, "source database");
  const source = await ctx.clients.source(required(migration.sourceConnectionId, "source server"));
  let begun = run.checkpoint;
  if (begun === null) {
    const rowCounts = await source.rowCounts(database).catch(() => null);
    begun = { stoppedAt: ctx.now().toISOString(), rowCounts };
    await run.saveCheckpoint(begun);
  }
  await source.restrictUsers(database);
  const sessions = await source.listSessions(database);
  const at = new Date(begun.stoppedAt);
  return {
    type: "done",
    result: { ...begun, sessionsLeft: sessions.length },
    events: [{ type: "writes_stopped", payload: { how: "restricted_user" } }],
    write: async (tx) => {
      await tx.migration.update({ where: { id: migration.id }, data: { writesStoppedAt: at } });
    },
  };
}
