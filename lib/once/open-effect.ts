import { createHash } from "node:crypto";
import { z } from "zod";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";
import type { RdsTaskStatus } from "@/lib/migration/vocabulary/rds-status";
import type { OnceCall } from "@/lib/store/generated/client";
import { type Look, type OnceEffect, type OnceTarget, type OnceWorld, targetSubject } from "./once-effect";

/** One CreateOnlineDatabaseTask. */
export const OpenCallRequest = z.object({
  instanceId: z.string(),
  databaseName: z.string(),
  taskId: z.string(),
  checkMode: z.enum(CHECK_MODES),
  clientToken: z.string(),
});
export type OpenCallRequest = z.infer<typeof OpenCallRequest>;

/** At most 64 ASCII characters, the same for the same task whoever asks: repeating the call is the same call. */
export function openToken(instanceId: string, taskId: string): string {
  return createHash("sha256").update(`open\n${instanceId}\n${taskId}`).digest("hex").slice(0, 48);
}

/** The row of an opening. */
export function openTarget(
  request: OpenCallRequest,
  owner: Pick<OnceTarget, "connectionId" | "migrationId" | "stepId">,
): OnceTarget {
  const { instanceId, databaseName, taskId } = request;
  return {
    subject: targetSubject(instanceId, databaseName),
    item: taskId,
    instanceId,
    databaseName,
    fileId: null,
    ...owner,
  };
}

/** CreateOnlineDatabaseTask. The client token makes a repetition harmless, so that absence needs no time to be proved. */
export const openEffect: OnceEffect<OpenCallRequest> = {
  kind: "open",
  graceMs: () => 0,
  call: async ({ clients, connectionId }, request) => {
    const rds = await clients.rds(connectionId);
    const { requestId } = await rds.openDatabase(request);
    return { reference: request.taskId, requestId };
  },
  look: (world, call) => lookAtTask(world, call, { failed: "found" }),
  // The database stands as it stood before: it may be opened again.
  stands: (world, call) => lookAtTask(world, call, { failed: "absent" }),
};

/** A task that no longer waits was opened: nothing else takes it out of waiting. */
async function lookAtTask(
  { clients, connectionId }: OnceWorld,
  call: OnceCall,
  meaning: { failed: "found" | "absent" },
): Promise<Look> {
  const { instanceId, taskId } = OpenCallRequest.parse(call.request);
  const rds = await clients.rds(connectionId);
  const task = await rds.findTask({ instanceId, taskId });
  if (!task) return { state: "unclear", failure: ruleFailure("rds_task_missing", { taskId }) };
  const states: Readonly<Record<RdsTaskStatus, "found" | "absent" | "unclear">> = {
    running: "found",
    succeeded: "found",
    failed: meaning.failed,
    waiting_for_backup: "absent",
    not_started: "unclear",
    other: "unclear",
  };
  const state = states[task.status];
  if (state === "absent") return { state };
  if (state === "found") return { state, reference: taskId };
  const params = { taskId, status: task.providerStatus };
  return { state, failure: ruleFailure("rds_task_status_unclear", params) };
}
