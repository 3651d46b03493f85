import { groupSteps, type StepGroup } from "@/components/migration/timeline/group-steps";
import type { MigrationView } from "@/lib/contracts/migration";

/** Groups of steps that belong to the running or finished cutover: from its request on, and those that were in hand then. */
export function cutoverGroups(view: Pick<MigrationView, "steps" | "files" | "cutover">): StepGroup[] {
  const cutover = view.cutover;
  if (!cutover) return [];
  const since = Date.parse(cutover.requestedAt);
  return groupSteps(view.steps, view.files).filter(
    (group) =>
      group.kind !== "preflight" && (group.finishedAt === null || Date.parse(group.finishedAt) >= since),
  );
}
