"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { ChainEntry } from "./chain-order";

/** A backup of the chain, or the hole in it, in one sentence: what a screen reader says and what hovering shows. */
export function useEntryWords(): (entry: ChainEntry) => string {
  const { t, tx } = useT();
  const format = useFormat();
  return (entry) => {
    if (entry.type === "gap") return t("chain.gap.words", { fromLsn: entry.fromLsn, toLsn: entry.toLsn });
    const { file, place, number } = entry;
    const why = file.verdict
      ? tx(`chain.reason.${file.verdict.kind}`, {}, t("chain.not_used"))
      : t("chain.reason.by_person");
    return t("chain.block", {
      number: number ?? "none",
      type: t(`files.backup.${file.type ?? "unknown"}`),
      name: file.name,
      size: file.sizeBytes === null ? "–" : format.bytes(file.sizeBytes),
      fromLsn: file.firstLsn ?? "–",
      toLsn: file.lastLsn ?? "–",
      state: t(`files.state.${file.state}`),
      why: place === "unused" || place === "held" ? why : "none",
    });
  };
}
