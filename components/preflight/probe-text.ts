import type { ProbeView } from "@/lib/contracts/migration";
import { formatBytes } from "@/lib/format/format-bytes";
import type { MessageParams } from "@/lib/i18n/message-key";
import type { Translator } from "@/lib/i18n/translate";

/** Texts of a probe; sizes come as bytes and are laid out here. */
export function probeText(
  { id, verdict, params }: ProbeView,
  { t, tx, locale }: Pick<Translator, "t" | "tx" | "locale">,
): { title: string; verdict: string; remedy: string } {
  const shown: MessageParams = {};
  for (const [name, value] of Object.entries(params)) {
    shown[name] = name.endsWith("Bytes") && typeof value === "number" ? formatBytes(value, locale) : value;
  }
  const fallback = verdict === "unknown" ? t("preflight.unanswered") : "";
  return {
    title: tx(`probe.${id}.title`, shown, id),
    verdict: tx(`probe.${id}.${verdict}`, shown, fallback),
    remedy: tx(`probe.${id}.remedy`, shown, ""),
  };
}
