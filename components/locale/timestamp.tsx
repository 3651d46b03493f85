"use client";

import { useLocale } from "@/components/locale/i18n-provider";
import { formatInstant, formatViewerZone, type InstantStyle } from "@/lib/format/format-instant";
import { formatRelative } from "@/lib/format/format-relative";
import { useNow } from "./use-now";

const DAY_MS = 86_400_000;

/** An instant: how long ago below a day, else the date; hover tells it to the second, here and in UTC. */
export function Timestamp({ at, style }: { at: string | null; style?: InstantStyle | "relative" }) {
  const locale = useLocale();
  const relative = style === undefined || style === "relative";
  const now = useNow(relative && at !== null);
  if (at === null) return <span className="text-fg-3">–</span>;
  const near = relative && Math.abs(now - Date.parse(at)) < DAY_MS;
  const full = `${formatInstant(at, locale, "full", null)} ${formatViewerZone(at)}\n${formatInstant(at, locale, "full", "UTC")} UTC`;
  return (
    <time dateTime={at} title={full} className="whitespace-nowrap">
      {near ? formatRelative(at, now, locale) : formatInstant(at, locale, relative ? "short" : style)}
    </time>
  );
}
