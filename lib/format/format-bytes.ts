import { formatNumber } from "./format-number";
import type { Locale } from "./locale";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** A size in IEC units with three significant digits at most, one decimal from 10 GiB up: `742 MiB`, `3.94 GiB`. */
export function formatBytes(bytes: number, locale: Locale): string {
  let unit = 0;
  let value = Math.abs(bytes);
  // 1023.5 would print as 1,024 of the smaller unit.
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${formatNumber(bytes < 0 ? -value : value, locale, digitsFor(value, unit))}\u00a0${UNITS[unit]}`;
}

/** A rate: `17.9 MiB/s`. */
export function formatRate(bytesPerSecond: number, locale: Locale): string {
  return `${formatBytes(bytesPerSecond, locale)}/s`;
}

function digitsFor(value: number, unit: number): number {
  if (unit === 0) return 0;
  if (value < 9.995) return unit === 1 ? 1 : 2;
  if (value < 99.95) return 1;
  return unit >= 3 ? 1 : 0;
}
