"use client";

import { useLocale, useT } from "@/components/locale/i18n-provider";
import type { ProbeView } from "@/lib/contracts/migration";
import { probeText } from "./probe-text";

/** `probeText` in the page's language. */
export function useProbeText(): (probe: ProbeView) => ReturnType<typeof probeText> {
  const { t, tx } = useT();
  const locale = useLocale();
  return (probe) => probeText(probe, { t, tx, locale });
}
