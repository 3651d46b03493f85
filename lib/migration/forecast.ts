import type { MigrationSnapshot, StepSnapshot } from "./snapshot";

/** Steps whose duration is downtime once writes are stopped. */
const ROUND_KINDS: ReadonlySet<StepSnapshot["kind"]> = new Set([
  "backup",
  "upload",
  "inspect",
  "import",
  "await_import",
]);

/**
 * Seconds from the stop of writes to the open call, as the newest imported log round took them; null before one was
 * measured. Opening itself is not in it: RDS says "within a minute" for asynchronous DBCC and gives no figure to add.
 */
export function forecastDowntimeSeconds(migration: MigrationSnapshot): number | null {
  const logs = migration.files.filter((file) => file.type === "log" && file.state === "imported");
  const newest = logs.at(-1);
  if (!newest) return null;
  const round = migration.steps.filter((step) => step.fileId === newest.id && ROUND_KINDS.has(step.kind));
  const measured = round.flatMap((step) =>
    step.startedAtMs === null || step.finishedAtMs === null ? [] : [step.finishedAtMs - step.startedAtMs],
  );
  if (measured.length === 0) return null;
  return Math.round(measured.reduce((sum, ms) => sum + ms, 0) / 100) / 10;
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
