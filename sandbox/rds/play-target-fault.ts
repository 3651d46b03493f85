import { planOpening } from "./import-steps";
import type { RdsContext } from "./rds-context";
import type { TaskRecord } from "./records";
import { databaseStandingAt, fileEndMs } from "./task-standing";

/** Between the restore of the first log and the hand of somebody else, in sandbox seconds. */
const HESITATES_SECONDS = 20;

/**
 * Somebody else at the console, at the first call after the moment that the scenario names: opens the target while its task
 * waits for files, or deletes it. A deleted one goes from the list; that its task ends with it is not known, so it waits on.
 */
export function playTargetFault(context: RdsContext): void {
  const { targetFault } = context.scenario.current;
  if (targetFault === null) return;
  const nowMs = context.now();
  for (const task of context.records.tasks) {
    if (task.backupMode !== "UPDF" || databaseStandingAt(task, nowMs) !== "pending") continue;
    if (!isMoment(targetFault.when, context, task)) continue;
    if (targetFault.what === "deleted") {
      task.droppedAtMs = nowMs;
    } else {
      const opening = { acceptedAtMs: nowMs, checkMode: "AsyncExecuteDBCheck" } as const;
      task.opening = planOpening(opening, context.timeFactor, { failure: "" });
    }
    context.save();
  }
}

function isMoment(
  when: "after_first_log" | "writes_stopped",
  { now, timeFactor, scenario }: RdsContext,
  task: TaskRecord,
): boolean {
  if (when === "writes_stopped") return scenario.wereWritesStopped;
  const log = task.files.find((file) => file.ok && file.backupMode === "Transaction_Log");
  return log !== undefined && now() >= fileEndMs(log) + (HESITATES_SECONDS * 1000) / timeFactor;
}
