"use client";

import { useLocale } from "@/components/locale/i18n-provider";
import { formatDuration } from "@/lib/format/format-duration";
import { useNow } from "./use-now";

/** A known span in milliseconds. */
export function Duration({ ms }: { ms: number | null }) {
  const locale = useLocale();
  if (ms === null) return <span className="text-fg-3">–</span>;
  return <span className="whitespace-nowrap">{formatDuration(ms, locale)}</span>;
}

/** From `from` to `to`; while `to` is open it counts by the server's clock. */
export function Elapsed({ from, to }: { from: string | null; to: string | null }) {
  const now = useNow(from !== null && to === null);
  if (from === null) return <span className="text-fg-3">–</span>;
  return <Duration ms={(to === null ? now : Date.parse(to)) - Date.parse(from)} />;
}
