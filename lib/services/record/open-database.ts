import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { OpenDatabaseInput } from "@/lib/contracts/record-input";
import { AppError } from "@/lib/diagnosis/app-error";
import { type OpenCallRequest, openEffect, openTarget, openToken } from "@/lib/once/open-effect";
import { askOnce } from "./ask-once";
import { findWaitingTask } from "./find-waiting-task";

/**
 * *Open Database* of a waiting task: no more files can be added afterwards. Goes through lib/once, with the task's own client
 * token, so that pressing twice, or again after a lost answer, opens once. `requestId` is null when only a look told.
 */
export async function openDatabase({
  ctx,
  input,
}: Use<{ taskId: string; open: OpenDatabaseInput }>): Promise<{ requestId: string | null }> {
  requireRole(ctx.actor, "operator");
  const { connectionId, instanceId, checkMode, confirmName } = OpenDatabaseInput.parse(input.open);
  const { taskId } = input;
  const { task } = await findWaitingTask(ctx, { connectionId, instanceId, taskId });
  const { databaseName } = task;
  if (confirmName !== databaseName) {
    throw new AppError("validation", "name_does_not_match", { expected: databaseName }, [
      { path: "confirmName", reason: "field_not_allowed_value" },
    ]);
  }
  const request: OpenCallRequest = {
    instanceId,
    databaseName,
    taskId,
    checkMode,
    clientToken: openToken(instanceId, taskId),
  };
  const { row } = await askOnce(ctx, openEffect, {
    target: openTarget(request, { connectionId, migrationId: null, stepId: null }),
    unknown: () => new AppError("external_timeout", "open_outcome_unknown", { database: databaseName }),
    prepare: async () => request,
  });
  const { requestId } = row;
  ctx.log.info({ instanceId, taskId, requestId, by: ctx.actor.id }, "database opened");
  return { requestId };
}
