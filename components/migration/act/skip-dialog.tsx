"use client";

import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { BackupFileView } from "@/lib/contracts/migration";
import { useAct } from "./use-act";

/** Sets a refused file aside. */
export function SkipDialog({ id, file, onClose }: { id: string; file: BackupFileView; onClose: () => void }) {
  const { t } = useT();
  const act = useAct(id);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("files.skip.title", { file: file.name })}
      description={t("files.skip.text")}
      footer={
        <>
          <Button onClick={onClose}>{t("shell.cancel")}</Button>
          <Button
            variant="danger"
            busy={act.isPending}
            onClick={() => act.mutate({ type: "skip_file", fileId: file.id }, { onSuccess: onClose })}
          >
            {t("files.skip.confirm")}
          </Button>
        </>
      }
    >
      {act.error ? (
        <div className="px-4 py-4 sm:px-6">
          <ErrorPanel title={t("migration.action_failed")} error={act.error} />
        </div>
      ) : null}
    </Dialog>
  );
}
