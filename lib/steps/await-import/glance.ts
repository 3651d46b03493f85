import { glanceAtTask } from "@/lib/rds/glance";
import type { Glance, GlanceAnswer } from "../step-glance";
import { required } from "../step-run";
import type { awaitImport } from "./definition";

/**
 * Of a file that RDS is restoring the list of the instance tells that it goes on; what became of it the file does, asked this often at
 * most, and of one that takes long by a share of what it has taken.
 */
const ASKED = { everyMs: 60_000, share: 1 / 6 };
/** Of the engine's base: who is alone on an instance has an answer of its own each time. */
const GLANCE_SHARE = 2 / 3;

/**
 * Whether the list of the instance, which all migrations on it share, says that RDS is still at the file. That is not enough for long: a file
 * may have failed by itself. Throws ExternalError where RDS can't be asked now.
 */
export async function glanceAwaitImport(glance: Glance<typeof awaitImport>): Promise<GlanceAnswer> {
  const { ctx, migration, settings, checkpoint } = glance;
  if (checkpoint === null) return "differs";
  const { status, wasAtWork, unsettledSinceMs } = checkpoint;
  if (status !== "restoring" || !wasAtWork || unsettledSinceMs !== null) return "differs";
  const nowMs = ctx.now().getTime();
  const rds = await ctx.clients.rds(required(migration.cloudConnectionId, "cloud account"));
  const task = await glanceAtTask(rds, {
    instanceId: required(migration.instanceId, "instance"),
    taskId: required(migration.rdsTaskId, "RDS task"),
    nowMs,
    oldMs: settings.baseMs * GLANCE_SHARE,
  });
  if (task?.status !== "running") return "differs";
  return isLookDue(glance) ? "look_due" : "as_it_was";
}

/** Whether the list is no more enough to see that nothing has changed: file and task are to be asked for themselves. */
export function isLookDue({
  ctx,
  checkpoint,
  ageMs,
}: Pick<Glance<typeof awaitImport>, "ctx" | "checkpoint" | "ageMs">): boolean {
  const askedMs = checkpoint?.askedMs ?? 0;
  return ctx.now().getTime() - askedMs >= Math.max(ASKED.everyMs, ageMs * ASKED.share);
}
