import { createContext, useContext } from "react";
import { formatBytes } from "@/lib/format/format-bytes";
import { formatDuration } from "@/lib/format/format-duration";
import { formatInstant, formatOffset, type InstantStyle } from "@/lib/format/format-instant";
import { formatNumber } from "@/lib/format/format-number";
import type { Translator } from "@/lib/i18n/translate";

/**
 * What every part of the paper writes with. Instants stand by the source's clock, whoever prints them and wherever: two prints of
 * one record say the same. Without the router and the queries of a page: the command line prints it, too.
 */
export interface Paper extends Translator {
  /** `UTC+08:00` */
  zone: string;
  at: (instant: string | number, style?: InstantStyle) => string;
  /** Milliseconds. */
  duration: (ms: number) => string;
  bytes: (bytes: number) => string;
  number: (value: number) => string;
}

const MINUTE_MS = 60_000;

/** `offsetMinutes`: of the source's clock, east of UTC; null: nobody knows it, and UTC is written. */
export function openPaper(texts: Translator, offsetMinutes: number | null): Paper {
  const { locale } = texts;
  const offset = offsetMinutes ?? 0;
  return {
    ...texts,
    zone: formatOffset(offset),
    // Not as a zone `+08:00`: engines before 2024 know zones by name only.
    at: (instant, style) =>
      formatInstant(new Date(instant).getTime() + offset * MINUTE_MS, locale, style, "UTC"),
    duration: (ms) => formatDuration(ms, locale),
    bytes: (bytes) => formatBytes(bytes, locale),
    number: (value) => formatNumber(value, locale),
  };
}

const PaperContext = createContext<Paper | null>(null);

export const PaperProvider = PaperContext.Provider;

/** Throws outside of a `PaperProvider`. */
export function usePaper(): Paper {
  const paper = useContext(PaperContext);
  if (!paper) throw new Error("PaperProvider is missing above this component");
  return paper;
}
