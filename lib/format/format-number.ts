import type { Locale } from "./locale";

const formats = new Map<string, Intl.NumberFormat>();

/** Groups digits as the language does; `digits` fixes the decimal places. */
export function formatNumber(value: number, locale: Locale, digits = 0): string {
  const key = `${locale}:${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(key, format);
  }
  return format.format(value);
}

/** A number inside a text: up to three decimal places, as many as it has. */
export function formatCount(value: number, locale: Locale): string {
  if (Number.isInteger(value)) return formatNumber(value, locale);
  return new Intl.NumberFormat(locale).format(value);
}

/** Share of a whole as `56 %` (never without its two amounts beside it); rounded down, so 100 % means all. */
export function formatPercent(done: number, total: number, locale: Locale): string {
  const percent = total > 0 ? Math.min(100, Math.max(0, Math.floor((done / total) * 100))) : 0;
  return `${formatNumber(percent, locale)}\u00a0%`;
}
