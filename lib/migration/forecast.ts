import type { MigrationSnapshot, StepSnapshot } from "./snapshot";

/** Steps that come between the stop of writes and the open call. */
const ROUND_KINDS: ReadonlySet<StepSnapshot["kind"]> = new Set([
  "backup",
  "upload",
  "inspect",
  "import",
  "await_import",
]);

/**
 * Seconds from the stop of writes to the open call: as long as the newest imported log round took from its first step's
 * start to its last step's end, pauses included. Null before one was measured. Opening itself is not in it: RDS says
 * "within a minute" for asynchronous DBCC and gives no figure to add.
 */
export function forecastDowntimeSeconds(migration: MigrationSnapshot): number | null {
  const newest = migration.files.filter((file) => file.type === "log" && file.state === "imported").at(-1);
  if (!newest) return null;
  const round = migration.steps.filter((step) => step.fileId === newest.id && ROUND_KINDS.has(step.kind));
  const starts = round.flatMap((step) => (step.startedAtMs === null ? [] : [step.startedAtMs]));
  const ends = round.flatMap((step) => (step.finishedAtMs === null ? [] : [step.finishedAtMs]));
  if (starts.length === 0 || ends.length === 0) return null;
  return Math.round((Math.max(...ends) - Math.min(...starts)) / 100) / 10;
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
