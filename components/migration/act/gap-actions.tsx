"use client";

import { useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { useAct } from "./use-act";

const SkipDialog = latePiece({
  texts: ["files", "migration"],
  load: async () => (await import("./skip-dialog")).SkipDialog,
});

interface GapActionsProps {
  view: MigrationView;
  /** The file that does not fit; null while the right one has only not come yet. */
  refused: BackupFileView | null;
}

/** The ways over a gap in the chain: look again for the missing file, bridge it, set the refused file aside. */
export function GapActions({ view, refused }: GapActionsProps) {
  const { t } = useT();
  const act = useAct(view.id);
  const [skipping, setSkipping] = useState(false);
  return (
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
      {refused ? (
        <Button size="sm" onClick={() => setSkipping(true)}>
          {t("timeline.inspector.skip")}
        </Button>
      ) : null}
      {act.error ? <p className="w-full text-status-danger">{t("migration.action_failed")}</p> : null}
      {skipping && refused ? (
        <SkipDialog id={view.id} file={refused} onClose={() => setSkipping(false)} />
      ) : null}
    </>
  );
}
