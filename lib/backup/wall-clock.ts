/** A moment as the source's clock showed it, and how far that clock was ahead of UTC where the text says so. */
interface WallClock {
  /** `2026-11-01T00:10:00`, with a fraction where there was one. */
  local: string | null;
  /** Quarter hours east of UTC. */
  quarterHours: number | null;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:(Z)|([+-])(\d\d):?(\d\d))?$/i;

/**
 * Reads `2026-11-01T00:10:00` or, as T-SQL prints it, `2026-11-01 00:10:00.000`; with `Z` or an offset (`+08:00`, of
 * `datetimeoffset`) that is the clock's zone. Any other text stays as it is.
 */
export function parseWallClock(text: string | null): WallClock {
  const match = text === null ? null : MOMENT.exec(text);
  if (match === null) return { local: text, quarterHours: null };
  const [, day, time, utc, sign, hours, minutes] = match;
  const local = `${day}T${time}`;
  if (utc !== undefined) return { local, quarterHours: 0 };
  if (hours === undefined) return { local, quarterHours: null };
  const quarters = (Number(hours) * 60 + Number(minutes)) / 15;
  return { local, quarterHours: sign === "-" ? -quarters : quarters };
}
