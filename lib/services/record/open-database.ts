import { createHash } from "node:crypto";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { OpenDatabaseInput } from "@/lib/contracts/record";
import { AppError } from "@/lib/diagnosis/app-error";
import { findWaitingTask } from "./find-waiting-task";

/**
 * *Open Database* of a waiting task: no more files can be added afterwards. The client token is made from the task, so that
 * pressing twice, or again after a lost answer, opens once.
 */
export async function openDatabase({
  ctx,
  input,
}: Use<{ taskId: string; open: OpenDatabaseInput }>): Promise<{ requestId: string }> {
  requireRole(ctx.actor, "operator");
  const { connectionId, instanceId, checkMode, confirmName } = OpenDatabaseInput.parse(input.open);
  const { taskId } = input;
  const { rds, task } = await findWaitingTask(ctx, { connectionId, instanceId, taskId });
  if (confirmName !== task.databaseName) {
    throw new AppError("validation", "name_does_not_match", { expected: task.databaseName }, [
      { path: "confirmName", reason: "field_not_allowed_value" },
    ]);
  }
  const answer = await rds.openDatabase({
    instanceId,
    databaseName: task.databaseName,
    taskId,
    checkMode,
    clientToken: openToken(instanceId, taskId),
  });
  ctx.log.info({ instanceId, taskId, requestId: answer.requestId, by: ctx.actor.id }, "database opened");
  return answer;
}

/** At most 64 ASCII characters, the same for the same task. */
export function openToken(instanceId: string, taskId: string): string {
  return createHash("sha256").update(`open\n${instanceId}\n${taskId}`).digest("hex").slice(0, 48);
}
