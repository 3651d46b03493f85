import type { Tx } from "@/lib/context/context";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import { recordTask } from "@/lib/store/record-task";
import { type Hold, required, type StepRun } from "./step-run";

/** The migration's task as RDS has it now. */
export interface FollowedTask {
  rds: RdsAccount;
  instanceId: string;
  task: RdsTask;
  /** Keeps what RDS said, in the settling transaction; `files` null: they were not asked for. */
  record(tx: Tx, files: RdsFile[] | null): Promise<void>;
}

/** Asks RDS for the task that a step waits for; a `failed` outcome when it knows none. Throws ExternalError. */
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
  if (!task) return { type: "failed", failure: ruleFailure("rds_task_missing", { taskId }) };
  const record: FollowedTask["record"] = (tx, files) =>
    recordTask(tx, { connectionId, instanceId, migrationId: migration.id, task, files });
  return { rds, instanceId, task, record };
}
