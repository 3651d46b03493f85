import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";
import { readAlarm } from "@/lib/store/typed-rows";
import type { ActionContext } from "./action-context";

/** RDS is about to make another task: what became of the target of the last one is nobody's worry any more. */
export async function clearTargetAlarms({ ctx, tx, row }: ActionContext): Promise<void> {
  const lost = row.alarms.map(readAlarm).filter(({ kind }) => isTargetDrift(kind));
  await tx.driftAlarm.updateMany({
    where: { id: { in: lost.map(({ id }) => id) }, clearedAt: null },
    data: { clearedAt: ctx.now(), clearedBy: ctx.actor.name },
  });
}
