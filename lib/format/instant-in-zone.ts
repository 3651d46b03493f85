/** Minutes that a zone is ahead of UTC at an instant. */
function offsetMinutes(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return Math.round((shown - Math.floor(ms / 60_000) * 60_000) / 60_000);
}

/**
 * Milliseconds since 1970 of a wall-clock time as `datetime-local` has it (`2026-12-20T00:00`) in a zone of IANA's. A time that
 * comes twice, when clocks go back, is its first; one that never comes, when they go forward, is as long after the change as it
 * would have been. NaN for what is no time. Throws RangeError for what is no zone.
 */
export function instantInZone(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return Number.NaN;
  // Offsets on both sides of a change that may lie near.
  const DAY_MS = 86_400_000;
  const offsets = [offsetMinutes(asUtc - DAY_MS, timeZone), offsetMinutes(asUtc + DAY_MS, timeZone)];
  const found = offsets.map((offset) => asUtc - offset * 60_000);
  const real = found.filter((ms) => ms + offsetMinutes(ms, timeZone) * 60_000 === asUtc);
  return real.length > 0 ? Math.min(...real) : Math.max(...found);
}

/** Zones to choose from, by IANA's names: the viewer's own first, then UTC, then all that this browser knows. */
export function zonesToChoose(own: string): string[] {
  return [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
