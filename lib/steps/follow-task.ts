import type { Tx } from "@/lib/context/context";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { settleAlarms } from "@/lib/drift/settle-alarms";
import { targetFindings } from "@/lib/drift/watch-target";
import { judgeTarget } from "@/lib/migration/judge-target";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import type { RdsAccount, RdsDatabase, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import { recordTask } from "@/lib/store/record-task";
import type { MigrationRow } from "@/lib/store/typed-rows";
import { type Hold, required, type StepRun } from "./step-run";

/** The migration's task as RDS has it now. */
export interface FollowedTask {
  rds: RdsAccount;
  instanceId: string;
  task: RdsTask;
  /** Keeps what RDS said, in the settling transaction; `files` null: they were not asked for. */
  record(tx: Tx, files: RdsFile[] | null): Promise<void>;
}

/** Asks RDS for the task that a step waits for; a `failed` outcome, with the state of the target and an alarm, when it knows none. Throws ExternalError. */
export async function followTask({
  ctx,
  migration,
}: Pick<StepRun, "ctx" | "migration">): Promise<
  FollowedTask | Extract<Hold, { type: "failed" | "refused" }>
> {
  const instanceId = required(migration.instanceId, "instance");
  const taskId = required(migration.rdsTaskId, "RDS task");
  const connectionId = required(migration.cloudConnectionId, "cloud account");
  const rds = await ctx.clients.rds(connectionId);
  const task = await rds.findTask({ instanceId, taskId });
  if (!task) {
    const target = await findTarget(rds, migration);
    const database = target?.status ?? "–";
    const failure = ruleFailure("rds_task_forgotten", { taskId, database });
    // With writes stopped an opening that is seen may be ours; after the way back the watch looks again.
    if (migration.method !== "access_pending" || migration.writesStoppedAt !== null)
      return { type: "failed", failure };
    const seen = { task: null, database: target?.status ?? null };
    const standing = judgeTarget({ ...seen, wasListed: migration.targetListed });
    const findings = targetFindings(migration, standing, seen);
    const look = { migrationId: migration.id, kinds: TARGET_DRIFT_KINDS, findings };
    return {
      type: "failed",
      failure,
      write: async (tx) => {
        await settleAlarms(ctx, tx, look);
      },
    };
  }
  const record: FollowedTask["record"] = (tx, files) =>
    recordTask(tx, { at: ctx.now(), connectionId, instanceId, migrationId: migration.id, task, files });
  return { rds, instanceId, task, record };
}

/** The target as the instance lists it; null: it lists none, which not every edition does while one is restored. */
export async function findTarget(
  rds: Pick<RdsAccount, "listDatabases">,
  migration: Pick<MigrationRow, "instanceId" | "targetDatabase">,
): Promise<RdsDatabase | null> {
  const name = required(migration.targetDatabase, "target database").toLowerCase();
  const databases = await rds.listDatabases(required(migration.instanceId, "instance"));
  return databases.find((candidate) => candidate.name.toLowerCase() === name) ?? null;
}
