import type { MigrationView } from "@/lib/contracts/migration";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { Translator } from "@/lib/i18n/translate";
import { fileVerdict, verdictText } from "./verdict-text";

type Needing = Pick<MigrationSummaryView, "needs"> &
  Partial<Pick<MigrationView, "files" | "chain" | "transport">>;

/** What a person must do next, as a sentence; null when nothing. A list knows less than the migration's own page. */
export function needText(view: Needing, { t, tx }: Pick<Translator, "t" | "tx">): string | null {
  if (!view.needs) return null;
  const { params } = view.needs;
  const dropped = view.transport === "browser" && view.needs.key === "upload_next_file";
  const key = dropped ? "drop_next_file" : view.needs.key;
  const { chain, files } = view;
  const step = typeof params.kind === "string" ? tx(`timeline.kind.${params.kind}`, {}, "") : "";
  const atLsn = chain?.targetLsn;
  const refused = files?.find((file) => file.state === "refused" && file.name === params.file);
  const verdict = refused && chain ? verdictText(fileVerdict({ chain }, refused), { t, tx }) : null;
  const given = {
    ...(atLsn ? { atLsn } : {}),
    ...params,
    ...(step ? { step } : {}),
    ...(verdict ? { what: verdict.what, needed: verdict.needed } : {}),
  };
  return tx(`needs.${key}`, given, tx(`needs.${key}.short`, given, tx("needs.other", {}, "")));
}
