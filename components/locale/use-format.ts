"use client";

import { useMemo } from "react";
import { formatBytes, formatRate } from "@/lib/format/format-bytes";
import { formatDuration } from "@/lib/format/format-duration";
import { formatInstant, type InstantStyle } from "@/lib/format/format-instant";
import { formatNumber, formatPercent } from "@/lib/format/format-number";
import { formatRelative } from "@/lib/format/format-relative";
import { useLocale } from "./i18n-provider";

/** The formats of `lib/format` bound to the page's language, for values inside sentences. */
export function useFormat() {
  const locale = useLocale();
  return useMemo(
    () => ({
      bytes: (bytes: number) => formatBytes(bytes, locale),
      rate: (bytesPerSecond: number) => formatRate(bytesPerSecond, locale),
      duration: (ms: number) => formatDuration(ms, locale),
      /** From what is as likely passed as not to what is passed once in ten times; once where both read the same. */
      range: ({ p50, p90 }: { p50: number; p90: number }) => {
        const [likely, most] = [formatDuration(p50 * 1000, locale), formatDuration(p90 * 1000, locale)];
        return likely === most ? likely : `${likely} – ${most}`;
      },
      number: (value: number, digits = 0) => formatNumber(value, locale, digits),
      percent: (done: number, total: number) => formatPercent(done, total, locale),
      /** `timeZone`: an IANA name, where it is not the one that all instants are shown in. */
      instant: (at: string | number, style?: InstantStyle, timeZone?: string) =>
        formatInstant(at, locale, style, timeZone),
      relative: (at: string | number, nowMs: number) => formatRelative(at, nowMs, locale),
    }),
    [locale],
  );
}
