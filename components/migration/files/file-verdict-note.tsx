"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { fileVerdict, verdictText } from "@/components/verdict/verdict-text";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { GapActions } from "../act/gap-actions";

/** Why a file was refused, which backup is needed instead, and what may be done now. */
export function FileVerdictNote({ view, file }: { view: MigrationView; file: BackupFileView }) {
  const { t, tx } = useT();
  const atLsn = view.chain.targetLsn;
  const { what, needed, why } = verdictText(fileVerdict(view, file), { t, tx });
  return (
    <Callout
      tone="danger"
      title={t("verdict.refused", { file: file.name, what })}
      actions={<GapActions view={view} refused={file} />}
    >
      <p className="text-fg">{needed}</p>
      <p>{why}</p>
      {atLsn !== null && file.firstLsn && file.lastLsn ? (
        <p>{t("files.verdict.covers", { fromLsn: file.firstLsn, toLsn: file.lastLsn, atLsn })}</p>
      ) : null}
      <p className="mt-1">
        {t(file.verdict?.kind === "gap" ? "files.verdict.do" : "files.verdict.do.other")}
      </p>
      <p className="mt-1">{t("files.verdict.spent")}</p>
    </Callout>
  );
}
