"use client";

import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import type { MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

/** Names what stops, what remains, and what is not touched. */
export function CancelDialog({ view, onClose }: { view: MigrationView; onClose: () => void }) {
  const { t } = useT();
  const act = useAct(view.id);
  return (
    <AskDialog
      title={t("migration.cancel.title", { database: view.target.database ?? view.name })}
      description={t("migration.cancel.text")}
      confirm={t("migration.cancel.confirm")}
      keep={t("migration.cancel.keep")}
      danger
      busy={act.isPending}
      error={act.error}
      failed={t("migration.action_failed")}
      onConfirm={() => act.mutate({ type: "cancel" }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <div className="space-y-2 text-table">
        <p>{t("migration.cancel.remains")}</p>
        <p>{t(view.custody ? "migration.cancel.releases" : "migration.cancel.source")}</p>
      </div>
    </AskDialog>
  );
}
