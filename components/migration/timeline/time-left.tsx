"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";

/** How far the rate may be off either way: an estimate is a range. */
const SPREAD = 0.25;
/** Below that an estimate is noise. */
const LEAST_MS = 2000;

/** How long the rest may take, as a range; nothing when that is not known or hardly worth saying. */
export function TimeLeft({ ms }: { ms: number | null }) {
  const { t } = useT();
  const format = useFormat();
  if (ms === null || ms < LEAST_MS) return null;
  const range = { low: format.duration(ms * (1 - SPREAD)), high: format.duration(ms * (1 + SPREAD)) };
  return <span>{t("timeline.inspector.left", range)}</span>;
}
