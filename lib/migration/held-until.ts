/**
 * The instant up to which the target has the source's data, from a file's wall-clock time and the offset its header
 * names; null when the header does not say the offset. A log holds what was written before it began, at least.
 */
export function heldUntilMs(local: string | null, utcOffsetMinutes: number | null): number | null {
  if (local === null || utcOffsetMinutes === null) return null;
  const asUtc = Date.parse(`${local.slice(0, 19)}Z`);
  return Number.isNaN(asUtc) ? null : asUtc - utcOffsetMinutes * 60_000;
}
