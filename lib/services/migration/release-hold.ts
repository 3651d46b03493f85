import { AppError } from "@/lib/diagnosis/app-error";
import type { ArmedCutover } from "@/lib/migration/armed-cutover";
import { appendEvents } from "@/lib/store/append-events";
import type { ActionContext } from "./action-context";
import { beginCutover } from "./request-cutover";

/** Lets the armed cutover begin, as it was asked for. `until`: who or what released it. Throws as `beginCutover` does. */
export async function releaseHold(on: ActionContext, until: ArmedCutover["until"]["by"]): Promise<void> {
  const { ctx, tx, row } = on;
  if (!row.armed)
    throw new AppError("conflict", "action_not_allowed", { action: "release_hold", why: "not_armed" });
  const { stopWrites, checkMode, deadline, needsApproval, approved } = row.armed;
  if (needsApproval && approved === null) throw new AppError("precondition_failed", "cutover_needs_approval");
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "hold_released", payload: { until } }],
  });
  await beginCutover(on, { stopWrites, checkMode, deadline });
}
