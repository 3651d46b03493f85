import type { Ctx } from "@/lib/context/context";
import type { DriftFinding } from "@/lib/migration/assess-drift";
import { judgeTarget, type TargetStanding } from "@/lib/migration/judge-target";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import type { MigrationRow } from "@/lib/store/typed-rows";
import { settleAlarms } from "./settle-alarms";

/** What is needed of a migration to watch its target. */
export type WatchedTarget = Pick<
  MigrationRow,
  "id" | "cloudConnectionId" | "instanceId" | "targetDatabase" | "rdsTaskId"
>;

/**
 * Looks once at the target of a running migration and raises, keeps or clears its alarm. `changed`: one was raised or cleared
 * now. Null: no file was imported yet, and there is nothing to look at. Throws ExternalError when RDS can't be asked.
 */
export async function watchTarget(
  ctx: Ctx,
  migration: WatchedTarget,
): Promise<{ standing: TargetStanding; changed: boolean } | null> {
  const { cloudConnectionId, instanceId, targetDatabase, rdsTaskId: taskId } = migration;
  if (cloudConnectionId === null || instanceId === null || targetDatabase === null || taskId === null) {
    return null;
  }
  const rds = await ctx.clients.rds(cloudConnectionId);
  // The task first: a database that is opened in between is then seen open.
  const task = await rds.findTask({ instanceId, taskId });
  const databases = await rds.listDatabases(instanceId);
  const name = targetDatabase.toLowerCase();
  const database = databases.find((candidate) => candidate.name.toLowerCase() === name)?.status ?? null;
  const standing = judgeTarget({ task: task?.status ?? null, database });
  const findings: DriftFinding[] =
    standing === "takes_files" || standing === "busy"
      ? []
      : [
          {
            kind: standing,
            fingerprint: taskId,
            evidence: {
              database: targetDatabase,
              taskId,
              task: task?.providerStatus ?? null,
              databaseStatus: database,
            },
          },
        ];
  const look = { migrationId: migration.id, kinds: TARGET_DRIFT_KINDS, findings };
  const changed = await ctx.db.$transaction((tx) => settleAlarms(ctx, tx, look));
  return { standing, changed };
}
