import { glanceAtTask } from "@/lib/rds/glance";
import type { Glance } from "../step-glance";
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
 * Whether the list of the instance, which all migrations on it share, says that RDS is still at the file: then nothing else is asked. Not
 * for long: a file may have failed by itself. Throws ExternalError where RDS can't be asked now.
 */
export async function glanceAwaitImport(glance: Glance<typeof awaitImport>): Promise<boolean> {
  const { ctx, migration, settings, checkpoint, ageMs } = glance;
  if (checkpoint === null) return false;
  const { status, wasAtWork, unsettledSinceMs, askedMs } = checkpoint;
  const nowMs = ctx.now().getTime();
  const isQuiet = status === "restoring" && wasAtWork && unsettledSinceMs === null;
  if (!isQuiet || nowMs - askedMs >= Math.max(ASKED.everyMs, ageMs * ASKED.share)) return false;
  const rds = await ctx.clients.rds(required(migration.cloudConnectionId, "cloud account"));
  const task = await glanceAtTask(rds, {
    instanceId: required(migration.instanceId, "instance"),
    taskId: required(migration.rdsTaskId, "RDS task"),
    nowMs,
    oldMs: settings.baseMs * GLANCE_SHARE,
  });
  return task?.status === "running";
}
