"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { ProbeView } from "@/lib/contracts/migration";
import type { MessageParams } from "@/lib/i18n/message-key";

/** Texts of a probe; sizes come as bytes and are laid out here. */
export function useProbeText(): (probe: ProbeView) => { title: string; verdict: string; remedy: string } {
  const { t, tx } = useT();
  const format = useFormat();
  return ({ id, verdict, params }) => {
    const shown: MessageParams = {};
    for (const [name, value] of Object.entries(params)) {
      shown[name] = name.endsWith("Bytes") && typeof value === "number" ? format.bytes(value) : value;
    }
    const fallback = verdict === "unknown" ? t("preflight.unanswered") : "";
    return {
      title: tx(`probe.${id}.title`, shown, id),
      verdict: tx(`probe.${id}.${verdict}`, shown, fallback),
      remedy: tx(`probe.${id}.remedy`, shown, ""),
    };
  };
}
