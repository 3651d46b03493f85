/**
 * An instant as ISO 8601 UTC from what RDS answers: `yyyy-MM-ddTHH:mm:ssZ`, and in places without padding, with a
 * stray space, or without seconds (`2017-05-30 T12:11:4Z`). Null when there is none.
 */
export function parseRdsTime(text: string | null | undefined): string | null {
  const match =
    /^\s*(\d{4})-(\d{1,2})-(\d{1,2})[\sT]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3})\d*)?)?\s*Z?\s*$/i.exec(
      text ?? "",
    );
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day && hour < 24;
  return isReal ? instant.toISOString() : null;
}

/** `yyyy-MM-ddTHH:mmZ`, as requests want it, rounded down. Throws RangeError on a text that is no instant. */
export function formatRdsMinute(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16)}Z`;
}

/** The same, rounded up, so that what happened within this minute is inside. */
export function formatRdsMinuteAfter(instant: string): string {
  return formatRdsMinute(new Date(new Date(instant).getTime() + 59_999).toISOString());
}
