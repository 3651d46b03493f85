import { isExternalError } from "@/lib/diagnosis/external-error";
import { IMPORTS_PER_DAY, INSTANCE_IMPORTS_PER_DAY, importDayBegan } from "@/lib/migration/rds-limits";
import { countImportsToday } from "@/lib/once/count-imports";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { RdsTask } from "@/lib/rds/rds-account";
import type { Finding } from "./probe";

/** Keep one for a mistake and one for the cutover's last log. */
const FEW_IMPORTS_LEFT = 4;
const FEW_INSTANCE_IMPORTS_LEFT = 25;
const WEEK_MS = 7 * 86_400_000;

/** Our own record knows what we asked for; RDS's tasks also what was imported in the console. The larger number counts. */
export async function budgetFinding(
  world: ProbeWorld,
  instanceId: string,
  database: string,
): Promise<Finding> {
  const { db, now } = world.ctx;
  const own = await countImportsToday(db, { instanceId, databaseName: database, now: now() });
  const beside = await world.beside();
  const seen = await countAtRds(world, instanceId, database);
  const used = Math.max(own.ofDatabase, seen?.ofDatabase ?? 0);
  const instanceUsed = Math.max(used, own.ofInstance, seen?.ofInstance ?? 0);
  const left = IMPORTS_PER_DAY - used;
  const instanceLeft = INSTANCE_IMPORTS_PER_DAY - instanceUsed;
  const atRds = seen === null ? "RDS did not tell" : `RDS knows ${seen.ofDatabase}`;
  const answer = `our record ${own.ofDatabase}, ${atRds}; at least ${instanceUsed} of ${INSTANCE_IMPORTS_PER_DAY} on the instance, ${beside.imports} kept for ${beside.count} other migrations`;
  const none = left <= 0 || instanceLeft <= 0;
  const isKept =
    instanceLeft >= FEW_INSTANCE_IMPORTS_LEFT && instanceLeft - beside.imports < FEW_IMPORTS_LEFT;
  const few = left < FEW_IMPORTS_LEFT || instanceLeft < FEW_INSTANCE_IMPORTS_LEFT || isKept;
  const params = {
    ...{ used, limit: IMPORTS_PER_DAY, instanceUsed, instanceLimit: INSTANCE_IMPORTS_PER_DAY },
    kept: isKept ? beside.imports : 0,
  };
  return { verdict: none ? "block" : few ? "warn" : "pass", params, answer, gist: few ? "few" : "many" };
}

/** Files of today. Of other databases only the tasks are counted: a lower bound, for one call instead of many. */
async function countAtRds(
  world: ProbeWorld,
  instanceId: string,
  database: string,
): Promise<{ ofDatabase: number; ofInstance: number } | null> {
  const now = world.ctx.now();
  const midnight = importDayBegan(now).toISOString();
  try {
    const rds = await world.rds();
    const tasks = await rds.listTasks({
      instanceId,
      from: new Date(now.getTime() - WEEK_MS).toISOString(),
      to: now.toISOString(),
    });
    const isOwn = (task: RdsTask) => task.databaseName.toLowerCase() === database.toLowerCase();
    const files = await Promise.all(
      tasks.filter(isOwn).map(({ taskId }) => rds.listFiles({ instanceId, taskId })),
    );
    const isToday = (at: string | null) => at !== null && at >= midnight;
    const ofDatabase = files.flat().filter((file) => isToday(file.createdAt)).length;
    const others = tasks.filter((task) => !isOwn(task) && isToday(task.createdAt)).length;
    return { ofDatabase, ofInstance: ofDatabase + others };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    return null;
  }
}
