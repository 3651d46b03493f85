import type { Ctx } from "@/lib/context/context";
import type { DriftFinding } from "@/lib/migration/assess-drift";
import { judgeTarget, type TargetStanding } from "@/lib/migration/judge-target";
import { TARGET_DRIFT_KINDS, type TargetDriftKind } from "@/lib/migration/vocabulary/drift-kind";
import { lockMigration } from "@/lib/store/migration-rows";
import type { MigrationRow } from "@/lib/store/typed-rows";
import { settleAlarms } from "./settle-alarms";

/** RDS's own word; `Terminated` is somebody else's doing. */
const FAILED = "Failed";

/** What is needed of a migration to watch its target. */
export type WatchedTarget = Pick<
  MigrationRow,
  "id" | "cloudConnectionId" | "instanceId" | "targetDatabase" | "rdsTaskId" | "targetListed"
>;

/**
 * Looks once at the target of a running migration and raises, keeps or clears its alarm. `changed`: one was raised or cleared
 * now. Null: no file was imported yet, and there is nothing to look at; or writes were stopped while RDS was asked, and an
 * opening that is seen may be ours. `isOwnFailure`: whether the task failed with a file of ours, of which a person knows and from
 * which they went on: its database waits as before, and the next file is its next try. Alarms of other kinds than `kinds` are left as they are. Throws ExternalError when RDS can't
 * be asked.
 */
export async function watchTarget(
  ctx: Ctx,
  migration: WatchedTarget,
  kinds: readonly TargetDriftKind[] = TARGET_DRIFT_KINDS,
  isOwnFailure: () => Promise<boolean> = async () => false,
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
  const judged = judgeTarget({
    task: task?.status ?? null,
    database,
    wasListed: migration.targetListed,
  });
  const mayHold = judged === "target_task_ended" && task?.providerStatus === FAILED && database !== null;
  const standing = mayHold && (await isOwnFailure()) ? "takes_files" : judged;
  const seen = { task: task?.providerStatus ?? null, database };
  const findings = targetFindings(migration, standing, seen).filter(({ kind }) =>
    kinds.some((one) => one === kind),
  );
  const look = { migrationId: migration.id, kinds, findings };
  return ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, migration.id);
    const watched = { id: migration.id, rdsTaskId: taskId, writesStoppedAt: null, finishedAt: null };
    if ((await tx.migration.count({ where: watched })) === 0) return null;
    if (database !== null && !migration.targetListed) {
      await tx.migration.update({ where: { id: migration.id }, data: { targetListed: true } });
    }
    return { standing, changed: await settleAlarms(ctx, tx, look) };
  });
}

/** What there is to raise an alarm about, from what RDS said in its own words; none while the target takes files or is busy. */
export function targetFindings(
  { targetDatabase, rdsTaskId }: Pick<WatchedTarget, "targetDatabase" | "rdsTaskId">,
  standing: TargetStanding,
  { task, database }: { task: string | null; database: string | null },
): DriftFinding[] {
  if (standing === "takes_files" || standing === "busy") return [];
  const evidence = { database: targetDatabase, taskId: rdsTaskId, task, databaseStatus: database };
  return [{ kind: standing, fingerprint: rdsTaskId ?? "", evidence }];
}
