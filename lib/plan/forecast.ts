import type { MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import { ofKind } from "./step-definitions";

/**
 * Seconds from the stop of writes to the open call: as long as the newest imported log round took, from its first step's
 * start to its last step's end, pauses included. Looking for a file and waiting for the restore of the one before are not
 * in it: at the cutover nothing is looked for, and nothing else is in hand. Null before one was measured. Opening itself
 * is not in it either: RDS says "within a minute" for asynchronous DBCC and gives no figure to add.
 */
export function forecastDowntimeSeconds(migration: MigrationSnapshot): number | null {
  const newest = migration.files.filter((file) => file.type === "log" && file.state === "imported").at(-1);
  if (!newest) return null;
  const round = migration.steps.filter(
    (step) => step.fileId === newest.id && step.round !== null && !ofKind(step.kind).waitsForPeople,
  );
  const spans = [false, true].map((inLane) =>
    spanMs(round.filter((step) => (ofKind(step.kind).lane !== undefined) === inLane)),
  );
  const known = spans.filter((span) => span !== null);
  return known.length === 0 ? null : Math.round(known.reduce((sum, span) => sum + span, 0) / 100) / 10;
}

/** From the first start to the last end, milliseconds. */
function spanMs(steps: readonly StepSnapshot[]): number | null {
  const starts = steps.flatMap((step) => (step.startedAtMs === null ? [] : [step.startedAtMs]));
  const ends = steps.flatMap((step) => (step.finishedAtMs === null ? [] : [step.finishedAtMs]));
  return starts.length === 0 || ends.length === 0 ? null : Math.max(...ends) - Math.min(...starts);
}

/**
 * The instant up to which the target has the source's data, from a file's wall-clock time and the offset its header
 * names; null when the header does not say the offset. A log holds what was written before it began, at least.
 */
export function heldUntilMs(local: string | null, utcOffsetMinutes: number | null): number | null {
  if (local === null || utcOffsetMinutes === null) return null;
  const asUtc = Date.parse(`${local.slice(0, 19)}Z`);
  return Number.isNaN(asUtc) ? null : asUtc - utcOffsetMinutes * 60_000;
}
