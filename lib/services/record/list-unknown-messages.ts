import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { Failure } from "@/lib/contracts/connection";
import { explainMessage } from "@/lib/diagnosis/explain-message";
import { csvText } from "./csv-text";

/** A provider's message that nothing is known of, as it was said. */
export interface UnknownMessage {
  text: string;
  system: string;
  code: string;
  requestId: string;
  /** Where it was said: instance and task, or migration. */
  place: string;
  /** ISO 8601, UTC. */
  seenAt: string;
}

/**
 * Messages of failed RDS tasks and failed steps on record that `explainMessage` does not know, newest first: what to
 * ask the provider's support about, and what to add to the table.
 */
export async function listUnknownMessages({ ctx }: { ctx: Ctx }): Promise<UnknownMessage[]> {
  requireRole(ctx.actor, "viewer");
  const tasks = await ctx.db.importTask.findMany({ where: { status: "failed", NOT: { description: "" } } });
  const steps = await ctx.db.migrationStep.findMany({ where: { status: "failed" } });
  const ofTasks = tasks.map((task) => ({
    text: task.description,
    system: "rds",
    code: task.providerStatus,
    requestId: "",
    place: `${task.instanceId} ${task.rdsTaskId}`,
    seenAt: (task.rdsEndedAt ?? task.firstSeenAt).toISOString(),
  }));
  const ofSteps = steps.flatMap((step) => {
    const failure = Failure.safeParse(step.error).data;
    if (!failure?.providerMessage) return [];
    return {
      text: failure.providerMessage,
      system: failure.system ?? "",
      code: failure.providerCode ?? "",
      requestId: failure.providerRequestId ?? "",
      place: step.migrationId,
      seenAt: (step.startedAt ?? step.createdAt).toISOString(),
    };
  });
  return [...ofTasks, ...ofSteps]
    .filter(({ text, code }) => explainMessage(text) === null && explainMessage(code) === null)
    .sort((a, b) => b.seenAt.localeCompare(a.seenAt));
}

const COLUMNS = [
  ["message", (row) => row.text],
  ["system", (row) => row.system],
  ["code", (row) => row.code],
  ["request_id", (row) => row.requestId],
  ["place", (row) => row.place],
  ["seen_at", (row) => row.seenAt],
] as const satisfies readonly (readonly [string, (row: UnknownMessage) => string])[];

/** The list as CSV. */
export function unknownMessagesCsv(messages: readonly UnknownMessage[]): string {
  return csvText<UnknownMessage>(COLUMNS, messages);
}
