import { isFullImported, isOpenStep, lastStep, type MigrationSnapshot } from "@/lib/migration/snapshot";
import { PHASES, type Phase } from "@/lib/migration/vocabulary/phase";
import { isWaitingForPeople, ofKind } from "./step-definitions";

/** Where the migration is on its way: the earliest place that work is done at, else the furthest that was reached. */
export function phaseOf(migration: MigrationSnapshot): Phase {
  if (migration.status === "draft") return "draft";
  const open = migration.steps.filter(isOpenStep);
  const busy = open.filter((step) => !isWaitingForPeople(step));
  const places = (busy.length > 0 ? busy : open).map(({ kind }) => placeOf(kind, "open", migration));
  if (places.length > 0) return earliest(places);
  const kept = migration.steps.filter((step) => step.status !== "cancelled");
  const last = lastStep(migration.steps);
  // Of a migration that was cancelled the steps tell how far it had come.
  const ended = kept.length > 0 || last === null ? kept : [last];
  return furthest(ended.map(({ kind }) => placeOf(kind, "done", migration)));
}

function placeOf(
  kind: MigrationSnapshot["steps"][number]["kind"],
  when: "open" | "done",
  migration: MigrationSnapshot,
): Phase {
  const { phase } = ofKind(kind);
  if (phase !== "by_file") return phase[when];
  if (!isFullImported(migration.files)) return "full";
  return migration.cutover ? "cutover" : "rounds";
}

function earliest(phases: readonly Phase[]): Phase {
  return PHASES.find((phase) => phases.includes(phase)) ?? "preflight";
}

function furthest(phases: readonly Phase[]): Phase {
  return PHASES.findLast((phase) => phases.includes(phase)) ?? "preflight";
}
