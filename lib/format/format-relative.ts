import type { Locale } from "./locale";

const formats = new Map<Locale, Intl.RelativeTimeFormat>();
const STEPS = [
  { unit: "second", ms: 1000, below: 60_000 },
  { unit: "minute", ms: 60_000, below: 3_600_000 },
  { unit: "hour", ms: 3_600_000, below: 86_400_000 },
  { unit: "day", ms: 86_400_000, below: Number.POSITIVE_INFINITY },
] as const;

/** How long before or after `nowMs` an instant is: `3 minutes ago`, `3分钟前`. */
export function formatRelative(instant: string | number, nowMs: number, locale: Locale): string {
  const delta = new Date(instant).getTime() - nowMs;
  const step = STEPS.find(({ below }) => Math.abs(delta) < below) ?? STEPS[3];
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    formats.set(locale, format);
  }
  return format.format(Math.trunc(delta / step.ms), step.unit);
}
