import type { ChainIdentity } from "@/lib/chain/verdict";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { isSameTimeline, type KnownTimelines, toTimelineChoice } from "@/lib/migration/known-timelines";
import type { Hold, StepRun } from "../step-run";

/**
 * Files of several timelines, or of several databases of one name, lie here, and nobody has said which is meant. Where one
 * is plainly the newest and the source itself is on it, that is kept as its word and returned; else nothing is done until
 * a person says so.
 */
export async function holdForTimeline(
  run: StepRun,
  identity: ChainIdentity,
): Promise<{ hold: Hold } | { known: KnownTimelines }> {
  const found = identity.timelines.map(toTimelineChoice);
  const living = found.find(({ forkGuid }) => forkGuid !== null && forkGuid === identity.livingForkGuid);
  if (living && identity.livingBy === "newest" && (await sourceFork(run)) === living.forkGuid) {
    const { familyGuid, forkGuid } = living;
    const known = { found, confirmed: { familyGuid, forkGuid, by: "source" as const, who: null } };
    const event = {
      type: "timeline_confirmed" as const,
      payload: { forkGuid, newestAt: living.newestAt, by: "source" as const },
    };
    await run.commit(
      (tx) => tx.migration.update({ where: { id: run.migration.id }, data: { timelines: known } }),
      [event],
    );
    return { known };
  }
  const before = run.migration.timelines;
  // What was asked already is not told again with every look.
  const asked =
    before?.confirmed === null &&
    before.found.length === found.length &&
    found.every((one) => before.found.some((other) => isSameTimeline(one, other)));
  const hold: Hold = {
    type: "wait",
    status: "waiting_for_user",
    afterMs: run.settings.baseMs * 10,
    failure: ruleFailure("timeline_unclear", { count: found.length }),
    ...(asked
      ? {}
      : {
          events: [{ type: "timelines_found" as const, payload: { count: found.length } }],
          write: async (tx) => {
            const timelines: KnownTimelines = { found, confirmed: null };
            await tx.migration.update({ where: { id: run.migration.id }, data: { timelines } });
          },
        }),
  };
  return { hold };
}

/** The recovery fork that the source's database is on now; null: there is no source to ask, or it does not answer. */
async function sourceFork(run: StepRun): Promise<string | null> {
  const { sourceConnectionId, sourceDatabase } = run.migration;
  if (sourceConnectionId === null || sourceDatabase === null) return null;
  try {
    const source = await run.ctx.clients.source(sourceConnectionId);
    return (await source.readChainGuard(sourceDatabase))?.forkGuid ?? null;
  } catch (error) {
    if (!isExternalError(error)) throw error;
    run.ctx.log.warn({ err: error }, "the source could not be asked which timeline it is on");
    return null;
  }
}
