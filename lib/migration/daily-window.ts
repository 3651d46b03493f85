const DAY_MINUTES = 24 * 60;
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * Whole minutes until a window of time begins, 0 inside it; null when the text names none. `window` is RDS's
 * `18:00Z-22:00Z` (UTC), `days` its `Monday,Thursday`, null: every day.
 */
export function minutesUntilWindow(window: string | null, days: string | null, now: Date): number | null {
  const match = /^(\d{1,2}):(\d{2})Z?-(\d{1,2}):(\d{2})Z?$/.exec((window ?? "").replaceAll(" ", ""));
  if (!match) return null;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const length = (toHour * 60 + toMinute - from + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  const named = (days ?? "").toLowerCase().split(",");
  const isOn = (day: number) => days === null || named.includes(DAYS[(day + 7) % 7] ?? "");
  const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
  // Yesterday's may not have ended yet.
  for (let ahead = -1; ahead <= 7; ahead += 1) {
    if (!isOn(now.getUTCDay() + ahead)) continue;
    const begins = ahead * DAY_MINUTES + from - minute;
    if (begins > 0) return begins;
    if (begins + length > 0) return 0;
  }
  return null;
}
