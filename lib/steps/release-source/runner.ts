import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { SourceCustody } from "@/lib/migration/source-custody";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import type { SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import { appendEvents } from "@/lib/store/append-events";
import { type Outcome as AnyOutcome, type Hold, required, type StepRun } from "../step-run";
import { waitForAnswer } from "../wait-for-answer";
import { concludeRelease } from "./conclude-release";
import type { releaseSource } from "./definition";
import { followFork } from "./follow-fork";

type Run = StepRun<typeof releaseSource>;
type Outcome = AnyOutcome<typeof releaseSource>;

interface Released {
  access: SourceDatabase["userAccess"] | null;
  recovered: boolean;
  forked: boolean;
}

const NOTHING_DONE: Released = { access: null, recovered: false, forked: false };

/** Between two tries, in bases: production stands still, so a server that is back is not left waiting. */
const LONGEST_WAIT_BASES = 3;

/**
 * Gives the source back: recovered when its tail was taken, open to whom it was open before. Every statement may be repeated;
 * what counts is what the server says afterwards. It never fails for what the server answers or does not answer: the source
 * stays ours, and shown as such, until the server says otherwise.
 */
export async function runReleaseSource(run: Run): Promise<Outcome> {
  const { migration, settings, ctx } = run;
  const { custody } = migration;
  if (custody === null) return released(run, NOTHING_DONE);
  try {
    return await giveBack(run, custody);
  } catch (error) {
    if (!isExternalError(error) && !isAppError(error)) throw error;
    const wait = waitForAnswer(run.step, failureOf(error), { now: ctx.now(), baseMs: settings.baseMs });
    return wait.type === "wait"
      ? { ...wait, afterMs: Math.min(wait.afterMs, settings.baseMs * LONGEST_WAIT_BASES) }
      : wait;
  }
}

async function giveBack(run: Run, custody: SourceCustody): Promise<Outcome> {
  const { ctx, migration } = run;
  const name = required(migration.sourceDatabase, "source database");
  const source = await ctx.clients.source(required(migration.sourceConnectionId, "source server"));
  // A tail backup that lost its connection may still be at it, and would close the source again behind us. A login that may
  // not see it is refused nothing here: the state below tells as much.
  const running = await source.listRunningBackups(name).catch(() => []);
  if (running.length > 0) return wait(run, ruleFailure("source_backup_running", { database: name }));
  const before = await source.findDatabase(name);
  // The server was asked, and has no such database: there is nothing that could be closed.
  if (before === null) return released(run, NOTHING_DONE);
  if (before.state === "RESTORING" && custody.how !== "norecovery_tail") {
    return wait(run, ruleFailure("source_restoring_by_others", { database: name }));
  }
  const recovered = before.state === "RESTORING";
  if (recovered) {
    if (!(await run.holdsClaim())) return wait(run, stillClosed(name, before));
    await source.recover(name);
  }
  const found = recovered ? await source.findDatabase(name) : before;
  const wanted = custody.before.userAccess;
  if (found?.state === "ONLINE" && found.userAccess !== wanted) {
    if (!(await run.holdsClaim())) return wait(run, stillClosed(name, found));
    await letIn(source, name, wanted);
  }
  const after = await source.findDatabase(name);
  if (after?.state !== "ONLINE" || after.userAccess !== wanted) {
    return wait(run, stillClosed(name, after ?? before));
  }
  // An earlier try may have recovered it.
  const forkGuid = custody.how === "norecovery_tail" ? await forkOf(source, name) : undefined;
  const knownFork = migration.driftBaseline?.forkGuid;
  const forked = recovered || (!!forkGuid && !!knownFork && forkGuid !== knownFork);
  return released(run, { access: after.userAccess, recovered, forked }, forkGuid);
}

/** Recovery opens a fork of its own: that is our doing, and no alarm. Null where it can't be told: then none is compared. */
async function forkOf(source: SourceServer, name: string): Promise<string | null> {
  try {
    return (await source.readChainGuard(name))?.forkGuid ?? null;
  } catch (error) {
    if (!isExternalError(error)) throw error;
    return null;
  }
}

function letIn(source: SourceServer, name: string, access: SourceDatabase["userAccess"]): Promise<void> {
  switch (access) {
    case "MULTI_USER":
      return source.allowUsers(name);
    case "RESTRICTED_USER":
      return source.restrictUsers(name);
    case "SINGLE_USER":
      return source.allowOneUser(name);
  }
}

function stillClosed(database: string, { state, userAccess }: SourceDatabase) {
  return ruleFailure("source_still_closed", { database, state, access: userAccess });
}

function wait({ settings }: Run, failure: ReturnType<typeof ruleFailure>): Hold {
  return { type: "wait", status: "retrying", afterMs: settings.baseMs, failure, attempt: 0 };
}

function released(run: Run, result: Released, forkGuid?: string | null): Outcome {
  const { ctx, migration } = run;
  // Told here and not with the outcome: what ends because of it is told after it.
  const events: NewEvent[] =
    migration.custody === null
      ? []
      : [{ type: "source_released", payload: { access: result.access, recovered: result.recovered } }];
  const now = ctx.now();
  return {
    type: "done",
    result,
    write: async (tx) => {
      await appendEvents(tx, { migrationId: migration.id, actor: ctx.actor.name, at: now, events });
      if (forkGuid !== undefined && migration.driftBaseline !== null) {
        const driftBaseline = { ...migration.driftBaseline, forkGuid };
        await tx.migration.update({ where: { id: migration.id }, data: { driftBaseline } });
      }
      await concludeRelease(tx, { migrationId: migration.id, now });
      if (result.forked && forkGuid) await followFork(tx, migration.id, forkGuid);
    },
  };
}
