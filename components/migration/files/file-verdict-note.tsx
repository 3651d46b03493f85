"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { fileVerdict, verdictText } from "@/components/verdict/verdict-text";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { SkipDialog } from "../act/skip-dialog";
import { useAct } from "../act/use-act";

/** Why a file was refused, which backup is needed instead, and what may be done now. */
export function FileVerdictNote({ view, file }: { view: MigrationView; file: BackupFileView }) {
  const { t, tx } = useT();
  const act = useAct(view.id);
  const [skipping, setSkipping] = useState(false);
  const atLsn = view.chain.targetLsn;
  const { what, needed, why } = verdictText(fileVerdict(view, file), { t, tx });
  return (
    <Callout
      tone="danger"
      title={t("verdict.refused", { file: file.name, what })}
      actions={
        <>
          {view.allowed.includes("scan_now") ? (
            <Button
              size="sm"
              variant="primary"
              busy={act.isPending}
              onClick={() => act.mutate({ type: "scan_now" })}
            >
              {t("migration.advance.scan_now")}
            </Button>
          ) : null}
          {view.allowed.includes("take_differential") ? (
            <Button
              size="sm"
              busy={act.isPending}
              onClick={() => act.mutate({ type: "take_backup", backup: "differential" })}
            >
              {t("migration.advance.take_differential")}
            </Button>
          ) : null}
          <Button size="sm" onClick={() => setSkipping(true)}>
            {t("timeline.inspector.skip")}
          </Button>
        </>
      }
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
      {act.error ? <p className="mt-1 text-status-danger">{t("migration.action_failed")}</p> : null}
      {skipping ? <SkipDialog id={view.id} file={file} onClose={() => setSkipping(false)} /> : null}
    </Callout>
  );
}
