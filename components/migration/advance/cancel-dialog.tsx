"use client";

import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

interface CancelDialogProps {
  view: MigrationView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Names what stops, what remains, and what is not touched. */
export function CancelDialog({ view, open, onOpenChange }: CancelDialogProps) {
  const { t } = useT();
  const act = useAct(view.id);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("migration.cancel.title", { database: view.target.database ?? view.name })}
      description={t("migration.cancel.text")}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t("migration.cancel.keep")}</Button>
          <Button
            variant="danger"
            busy={act.isPending}
            onClick={() => act.mutate({ type: "cancel" }, { onSuccess: () => onOpenChange(false) })}
          >
            {t("migration.cancel.confirm")}
          </Button>
        </>
      }
    >
      <div className="space-y-2 px-4 py-4 text-table sm:px-6">
        <p>{t("migration.cancel.remains")}</p>
        <p>{t("migration.cancel.source")}</p>
        {act.error ? <ErrorPanel title={t("migration.action_failed")} error={act.error} /> : null}
      </div>
    </Dialog>
  );
}
