import type { Ctx } from "@/lib/context/context";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { judgeTarget } from "@/lib/migration/judge-target";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { glanceAtDatabases, glanceAtTask } from "@/lib/rds/glance";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { type MigrationRow, readStep } from "@/lib/store/typed-rows";
import { watchEach } from "./watch-each";
import { watchTarget } from "./watch-target";

/** Steps that follow RDS themselves, and say what becomes of its task. */
const FOLLOWS_RDS: StepKind[] = ["await_import", "check_target", "open", "await_open", "await_check"];
/** What an instance lists counts for so long in one look at its targets. */
const GLANCE_MS = 5_000;

/**
 * One look at the target of every migration that has given RDS a file, between its rounds. Answers the ids of those whose
 * alarms have changed. An instance is asked once for all of them; what is not as it was is asked about by itself.
 */
export async function watchAllTargets(ctx: Ctx): Promise<string[]> {
  const isFollowed = {
    kind: { in: FOLLOWS_RDS },
    status: { notIn: ["succeeded", "refused", "skipped", "cancelled"] },
  };
  const changed: string[] = [];
  const betweenRounds = { rdsTaskId: { not: null }, steps: { none: isFollowed } };
  const open = await ctx.db.driftAlarm.findMany({
    where: { clearedAt: null, kind: { in: [...TARGET_DRIFT_KINDS] } },
    select: { migrationId: true },
  });
  const glanceAt = glancing(ctx);
  const alarmed = new Set(open.map(({ migrationId }) => migrationId));
  await watchEach(ctx, "target watch", betweenRounds, async (migration) => {
    if (!alarmed.has(migration.id) && (await isAsItWas(ctx, glanceAt, migration))) return;
    const look = await watchTarget(ctx, migration, TARGET_DRIFT_KINDS, () =>
      hasOwnFailure(ctx, migration.id),
    );
    if (look?.changed) changed.push(migration.id);
  });
  return changed;
}

type Lists = Pick<RdsAccount, "listTasks" | "listDatabases">;

/** An account's lists, of which nothing is known from a look before. */
function glancing(ctx: Ctx): (connectionId: string) => Promise<Lists> {
  const opened = new Map<string, Promise<Lists>>();
  const open = async (connectionId: string): Promise<Lists> => {
    const rds = await ctx.clients.rds(connectionId);
    return { listTasks: (query) => rds.listTasks(query), listDatabases: (id) => rds.listDatabases(id) };
  };
  return (connectionId) => {
    const known = opened.get(connectionId) ?? open(connectionId);
    opened.set(connectionId, known);
    return known;
  };
}

/** Whether there is nothing to tell by what the instance lists. False also where the list does not tell. */
async function isAsItWas(
  ctx: Ctx,
  glanceAt: (connectionId: string) => Promise<Lists>,
  migration: MigrationRow,
): Promise<boolean> {
  const { cloudConnectionId, instanceId, targetDatabase, rdsTaskId: taskId, targetListed } = migration;
  if (cloudConnectionId === null || instanceId === null || targetDatabase === null || taskId === null)
    return false;
  const rds = await glanceAt(cloudConnectionId);
  const glance = { instanceId, nowMs: ctx.now().getTime(), oldMs: GLANCE_MS };
  const task = await glanceAtTask(rds, { ...glance, taskId });
  if (task === null) return false;
  const name = targetDatabase.toLowerCase();
  const databases = await glanceAtDatabases(rds, glance);
  const database = databases.find((one) => one.name.toLowerCase() === name)?.status ?? null;
  if (database !== null && !targetListed) return false;
  const standing = judgeTarget({ task: task.status, database, wasListed: targetListed });
  return standing === "takes_files" || standing === "busy";
}

/** The newest file that RDS was followed with could not be restored, which was said then; it was left out or taken back since. */
async function hasOwnFailure(ctx: Ctx, migrationId: string): Promise<boolean> {
  const step = await ctx.db.migrationStep.findFirst({
    where: { migrationId, kind: "await_import" },
    orderBy: { ordinal: "desc" },
  });
  return step !== null && step.status !== "succeeded" && readStep(step).error?.reason === "rds_import_failed";
}
