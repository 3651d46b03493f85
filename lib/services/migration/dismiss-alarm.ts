import { AppError } from "@/lib/diagnosis/app-error";
import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";
import type { ActionContext } from "@/lib/services/migration/action-context";
import { appendEvents } from "@/lib/store/append-events";
import { readAlarm } from "@/lib/store/typed-rows";

/**
 * A person has read the alarm and goes on. The same event is not raised again. Throws `not_found`/`alarm_not_found`, and
 * `conflict`/`alarm_of_target` for what nobody can go past: a target that takes no files.
 */
export async function dismissAlarm({ ctx, tx, row }: ActionContext, alarmId: string): Promise<void> {
  const found = await tx.driftAlarm.findFirst({ where: { id: alarmId, migrationId: row.id } });
  if (!found) throw new AppError("not_found", "alarm_not_found");
  const alarm = readAlarm(found);
  if (isTargetDrift(alarm.kind)) throw new AppError("conflict", "alarm_of_target");
  if (alarm.clearedAt !== null) return;
  const now = ctx.now();
  await tx.driftAlarm.update({
    where: { id: alarm.id },
    data: { clearedAt: now, clearedBy: ctx.actor.name },
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [{ type: "drift_dismissed", payload: { drift: alarm.kind } }],
  });
  // An import that waits for this decision looks at once.
  await tx.migrationStep.updateMany({
    where: { migrationId: row.id, kind: "import", status: "waiting_for_user" },
    data: { dueAt: null },
  });
}
