import type { Locale } from "./locale";

/** `time` 03:27 · `seconds` 03:27:58 · `short` 17 May 03:27 · `full` 17 May 2026, 03:27:58. Always 24 h. */
export type InstantStyle = "time" | "seconds" | "short" | "full" | "date";

const base: Intl.DateTimeFormatOptions = { hourCycle: "h23" };
const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
const STYLES: Record<InstantStyle, Intl.DateTimeFormatOptions> = {
  time: { ...base, ...time },
  seconds: { ...base, ...time, second: "2-digit" },
  short: { ...base, ...time, day: "numeric", month: "short" },
  full: { ...base, ...time, second: "2-digit", day: "numeric", month: "short", year: "numeric" },
  date: { day: "numeric", month: "short", year: "numeric" },
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(locale: Locale, style: InstantStyle, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${locale}:${style}:${timeZone ?? ""}`;
  let format = formats.get(key);
  if (!format) {
    // British order (17 May) reads the same everywhere; American English would say May 17.
    format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
      ...STYLES[style],
      ...(timeZone ? { timeZone } : {}),
    });
    formats.set(key, format);
  }
  return format;
}

/** What instants are shown in where nothing else is said; undefined: the viewer's own zone. */
let shownZone: string | undefined;

/** From now on instants are shown in this zone; undefined: in the viewer's own. */
export function showTimesIn(zone: "UTC" | undefined): void {
  shownZone = zone;
}

/**
 * An instant (ISO text or epoch ms) in the zone that is chosen for all of them, or in `timeZone`: `"UTC"`, or null for the
 * viewer's own whatever is chosen. Empty for what is no date.
 */
export function formatInstant(
  instant: string | number,
  locale: Locale,
  style: InstantStyle = "short",
  timeZone: string | null | undefined = shownZone,
): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? "" : formatFor(locale, style, timeZone ?? undefined).format(date);
}

/** The zone that instants are shown in as an offset: `UTC+08:00`. */
export function formatShownZone(instant: string | number): string {
  return shownZone === undefined ? formatViewerZone(instant) : formatOffset(0);
}

/** The viewer's zone as an offset: `UTC+08:00`. */
export function formatViewerZone(instant: string | number): string {
  return formatOffset(-new Date(instant).getTimezoneOffset());
}

/** Minutes east of UTC as `UTC+08:00`. */
export function formatOffset(minutes: number): string {
  const sign = minutes < 0 ? "-" : "+";
  const two = (value: number) => String(value).padStart(2, "0");
  const span = Math.abs(minutes);
  return `UTC${sign}${two(Math.floor(span / 60))}:${two(span % 60)}`;
}

/** The source server's own wall clock, as it wrote it: never converted, only laid out. `2026-05-17 03:27:15`. */
export function formatSourceTime(local: string): string {
  return local
    .replace("T", " ")
    .replace(/\.\d+$/, "")
    .replace(/Z$/, "");
}
