import { nextRoundOf } from "@/lib/migration/next-round";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import { prospectOf } from "./plan-next";
import { type InstancePace, waitsForItsHour } from "./take-ahead";

/**
 * Rounds that wait for their hour and would be planned earlier now: RDS has restored what it was at sooner than was foreseen.
 * `dueAtMs` null: at once. What takes longer delays none: a file that waits costs less than a lane that does.
 */
export function hastenRounds(
  migration: MigrationSnapshot,
  nowMs: number,
  pace: InstancePace,
): { stepId: string; dueAtMs: number | null }[] {
  const waiting = migration.steps.filter((step) => waitsForItsHour(step) && (step.dueAtMs ?? 0) > nowMs);
  if (waiting.length === 0) return [];
  const steps = migration.steps.filter((step) => !waiting.includes(step));
  const plan = nextRoundOf(prospectOf({ ...migration, steps }, nowMs, { pace }));
  if (plan?.how !== "take") return [];
  const { dueAtMs } = plan;
  return waiting
    .filter((step) => dueAtMs === null || dueAtMs < (step.dueAtMs ?? 0))
    .map(({ id }) => ({ stepId: id, dueAtMs }));
}
