/**
 * An instant of the server's wall clock (`2026-03-30T09:12:00`, no zone) in milliseconds UTC, by the offset the server
 * has now. An hour wrong across a change of summer time, which is near enough for an age.
 */
export function sourceTimeMs(local: string, utcOffsetMinutes: number): number {
  return Date.parse(`${local.slice(0, 23)}Z`) - utcOffsetMinutes * 60_000;
}
