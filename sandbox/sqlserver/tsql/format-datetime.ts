import type { SqlType } from "./sql-type";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Parts {
  year: string;
  month: string;
  monthName: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
  /** Seven digits. */
  fraction: string;
}

function partsOf(ms: number): Parts {
  const date = new Date(Math.floor(ms));
  const two = (n: number) => String(n).padStart(2, "0");
  const tenthMicros = Math.round((ms - Math.floor(ms / 1000) * 1000) * 10_000);
  return {
    year: String(date.getUTCFullYear()).padStart(4, "0"),
    month: two(date.getUTCMonth() + 1),
    monthName: MONTHS[date.getUTCMonth()] ?? "",
    day: two(date.getUTCDate()),
    hour: two(date.getUTCHours()),
    minute: two(date.getUTCMinutes()),
    second: two(date.getUTCSeconds()),
    fraction: String(tenthMicros).padStart(7, "0"),
  };
}

function twelveHour(p: Parts): string {
  const hour = Number(p.hour);
  const shown = String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, " ");
  return `${shown}:${p.minute}${hour < 12 ? "AM" : "PM"}`;
}

/** How many digits of a second a type keeps when written out. */
function fractionDigits(type: SqlType): number {
  if (type.name === "datetime") return 3;
  return type.name === "datetime2" || type.name === "time" || type.name === "datetimeoffset" ? type.scale : 0;
}

/**
 * Writes a date as CONVERT(varchar, …, style) does (learn.microsoft.com, CAST and CONVERT, date and time styles).
 * Style 126 leaves out the fraction of a datetime that has none. Returns null for a style SQL Server refuses.
 */
export function formatDatetime(
  ms: number,
  type: SqlType,
  style: number,
  offsetMinutes: number,
): string | null {
  const p = partsOf(ms + (type.name === "datetimeoffset" ? offsetMinutes * 60_000 : 0));
  const digits = fractionDigits(type);
  const fraction = digits === 0 ? "" : `.${p.fraction.slice(0, digits)}`;
  const date = `${p.year}-${p.month}-${p.day}`;
  const time = `${p.hour}:${p.minute}:${p.second}`;
  const zone = type.name === "datetimeoffset" ? offsetText(offsetMinutes) : "";
  const only = (dateText: string, timeText: string, between = " ") =>
    type.name === "date" ? dateText : type.name === "time" ? timeText : `${dateText}${between}${timeText}`;
  const spacedZone = zone === "" ? "" : ` ${zone}`;
  switch (style) {
    case 0:
    case 100:
      if (type.name !== "datetime" && type.name !== "smalldatetime")
        return only(date, `${time}${fraction}`) + spacedZone;
      return `${p.monthName} ${String(Number(p.day)).padStart(2, " ")} ${p.year} ${twelveHour(p)}`;
    case 1:
      return `${p.month}/${p.day}/${p.year.slice(2)}`;
    case 101:
      return `${p.month}/${p.day}/${p.year}`;
    case 102:
      return `${p.year}.${p.month}.${p.day}`;
    case 103:
      return `${p.day}/${p.month}/${p.year}`;
    case 104:
      return `${p.day}.${p.month}.${p.year}`;
    case 105:
      return `${p.day}-${p.month}-${p.year}`;
    case 106:
      return `${p.day} ${p.monthName} ${p.year}`;
    case 108:
    case 8:
    case 24:
      return time;
    case 110:
      return `${p.month}-${p.day}-${p.year}`;
    case 111:
      return `${p.year}/${p.month}/${p.day}`;
    case 112:
      return `${p.year}${p.month}${p.day}`;
    case 12:
      return `${p.year.slice(2)}${p.month}${p.day}`;
    case 113:
    case 13:
      return `${p.day} ${p.monthName} ${p.year} ${time}:${p.fraction.slice(0, 3)}`;
    case 114:
    case 14:
      return `${time}:${p.fraction.slice(0, 3)}`;
    case 120:
    case 20:
      return only(date, time) + spacedZone;
    case 121:
    case 21:
    case 25:
      return only(date, `${time}${fraction}`) + spacedZone;
    case 23:
      return date;
    case 126:
    case 127: {
      const shown = type.name === "datetime" && p.fraction.startsWith("000") ? "" : fraction;
      return only(date, `${time}${shown}`, "T") + zone;
    }
    default:
      return null;
  }
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Reads the date literals people write: ISO 8601, yyyymmdd, with or without time and offset. Null when none fits. */
export function parseDatetime(text: string): { ms: number; offsetMinutes: number } | null {
  const found =
    /^(?:(\d{4})-?(\d{2})-?(\d{2}))?(?:[T ]?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.:](\d{1,7}))?)?)?\s*(Z|[+-]\d{2}:\d{2})?$/i.exec(
      text.trim(),
    );
  if (found === null) return null;
  const [, y = "1900", mo = "01", d = "01", h = "0", mi = "0", s = "0", f = "", zone = ""] = found;
  const ms = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
  const back = new Date(ms);
  if (back.getUTCMonth() + 1 !== Number(mo) || back.getUTCDate() !== Number(d) || Number(h) > 23) return null;
  const whole = ms + Number(f.padEnd(7, "0")) / 10_000;
  const sign = zone.startsWith("-") ? -1 : 1;
  const offset = /^[+-]/.test(zone) ? sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) : 0;
  return { ms: whole, offsetMinutes: offset };
}
