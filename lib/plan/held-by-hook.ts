import { isOpenStep, type MigrationSnapshot, type PlannedStep } from "@/lib/migration/snapshot";
import type { HookGate } from "@/lib/migration/vocabulary/hook-moment";

/**
 * The step itself, or the call of the hook that is to let it begin; null while that is under way. A gate that was passed in this
 * cutover is not asked again: after going back its steps are cancelled, and the next cutover asks anew.
 */
export function heldByHook(planned: PlannedStep, migration: MigrationSnapshot): PlannedStep | null {
  const gate = gateOf(planned);
  if (gate === null || migration.cutover === null || !migration.hook?.moments.includes(gate)) return planned;
  const asked = migration.steps.filter((step) => step.gate === gate && step.status !== "cancelled");
  if (asked.some(({ status }) => status === "succeeded" || status === "skipped")) return planned;
  if (asked.some(isOpenStep)) return null;
  return { kind: "call_hook", round: null, fileId: null, dueAtMs: null, input: { gate } };
}

function gateOf({ kind, input }: PlannedStep): HookGate | null {
  switch (kind) {
    case "stop_writes":
      return "before_stop";
    case "backup":
    case "find_file":
      return input.final === true ? "before_tail" : null;
    case "open":
      return "before_open";
    default:
      return null;
  }
}
