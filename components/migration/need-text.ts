import type { MigrationSummaryView } from "@/lib/contracts/migration";
import type { Translator } from "@/lib/i18n/translator";

/** What a person must do next, as a sentence; null when nothing. */
export function needText(
  view: Pick<MigrationSummaryView, "needs">,
  { tx }: Pick<Translator, "tx">,
): string | null {
  if (!view.needs) return null;
  const { key, params } = view.needs;
  const step = typeof params.kind === "string" ? tx(`timeline.kind.${params.kind}`, {}, "") : "";
  const given = { ...params, ...(step ? { step } : {}) };
  return tx(`needs.${key}`, given, tx(`needs.${key}.short`, given, key));
}
