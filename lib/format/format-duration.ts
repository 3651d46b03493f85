import { formatNumber } from "./format-number";
import type { Locale } from "./locale";

const UNITS = {
  en: { day: "d", hour: "h", minute: "m", second: "s", gap: " " },
  "zh-CN": { day: "天", hour: "小时", minute: "分", second: "秒", gap: "" },
} as const;

/**
 * A duration in milliseconds: `0.2s`, `43s`, `6m 25s`, `1h 04m 09s`, and two units from a day up: `3d 4h`.
 * Negative ones count as zero: two clocks may disagree by a little.
 */
export function formatDuration(ms: number, locale: Locale): string {
  const unit = UNITS[locale];
  const span = Math.max(0, ms);
  if (span > 0 && span < 950) return `${formatNumber(Math.max(0.1, span / 1000), locale, 1)}${unit.second}`;
  const total = Math.round(span / 1000);
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = total % 60;
  const two = (value: number) => String(value).padStart(2, "0");
  const join = (...parts: string[]) => parts.join(unit.gap);
  if (days > 0) return join(`${days}${unit.day}`, `${hours}${unit.hour}`);
  if (hours > 0)
    return join(`${hours}${unit.hour}`, `${two(minutes)}${unit.minute}`, `${two(seconds)}${unit.second}`);
  if (minutes > 0) return join(`${minutes}${unit.minute}`, `${two(seconds)}${unit.second}`);
  return `${seconds}${unit.second}`;
}

/** A running clock, the same in every language: `1:48`, `1:02:09`. */
export function formatClock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}
