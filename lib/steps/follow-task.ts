import type { Tx } from "@/lib/context/context";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
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

/** Asks RDS for the task that a step waits for; a `failed` outcome, with the state of the target, when it knows none. Throws ExternalError. */
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
    return { type: "failed", failure: ruleFailure("rds_task_forgotten", { taskId, database }) };
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
