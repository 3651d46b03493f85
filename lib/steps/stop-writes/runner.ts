import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { custodyOf } from "@/lib/migration/source-custody";
import { ClaimLostError } from "../claim-lost";
import { type Outcome as AnyOutcome, required, type StepRun } from "../step-run";
import type { stopWrites } from "./definition";

/** Who waits for a cutover does not wait for a list of jobs. */
const INVENTORY_WITHIN_MS = 3_000;

type Run = StepRun<typeof stopWrites>;
type Outcome = AnyOutcome<typeof stopWrites>;

/**
 * Keeps row counts, logins and what else no backup carries while the source can still be read, then lets only privileged logins in. That the source is ours from here
 * on is committed before the statement that closes it. Repeatable: the clock begins with the first try, whatever happens to
 * this process in between.
 */
export async function runStopWrites(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const database = required(migration.sourceDatabase, "source database");
  const source = await ctx.clients.source(required(migration.sourceConnectionId, "source server"));
  let begun = run.checkpoint;
  if (begun === null) {
    // At once: what is kept is not to lengthen what it belongs to.
    const [rowCounts, inventory] = await Promise.all([
      source.rowCounts(database).catch(() => null),
      withinMs(INVENTORY_WITHIN_MS, async () => source.facts.inventory(database)).catch(() => null),
    ]);
    begun = { stoppedAt: ctx.now().toISOString(), rowCounts, inventory };
    await run.saveCheckpoint(begun);
  }
  if (migration.custody === null) {
    const before = await source.findDatabase(database);
    if (before?.state !== "ONLINE") {
      const state = before?.state ?? "–";
      return { type: "failed", failure: ruleFailure("source_not_online", { database, state }) };
    }
    const custody = custodyOf(before, {
      step: "stop_writes",
      how: "restricted_user",
      since: begun.stoppedAt,
    });
    await run.commit(async (tx) => {
      await tx.migration.update({ where: { id: migration.id }, data: { custody } });
    }, []);
  }
  // A worker that stood still since its commit may have been given up, and the source given back.
  if (!(await run.holdsClaim())) throw new ClaimLostError(run.step.id);
  await source.restrictUsers(database);
  const [sessions, settled] = await Promise.all([
    source.listSessions(database),
    // Rows that were written between the first count and the stop went over with the tail: these are what the target must have.
    withinMs(INVENTORY_WITHIN_MS, () => source.rowCounts(database)).catch(() => null),
  ]);
  const rowCounts = settled ?? begun.rowCounts;
  const at = new Date(begun.stoppedAt);
  return {
    type: "done",
    result: { ...begun, rowCounts, sessionsLeft: sessions.length },
    events: [{ type: "writes_stopped", payload: { how: "restricted_user" } }],
    write: async (tx) => {
      await tx.migration.update({ where: { id: migration.id }, data: { writesStoppedAt: at } });
    },
  };
}

/** What comes later than that is null. */
async function withinMs<T>(ms: number, work: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((settle) => {
    timer = setTimeout(() => settle(null), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
