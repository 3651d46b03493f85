"use client";

import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import type { BackupFileView } from "@/lib/contracts/migration";
import { useAct } from "./use-act";

/** Sets a refused file aside. */
export function SkipDialog({ id, file, onClose }: { id: string; file: BackupFileView; onClose: () => void }) {
  const { t } = useT();
  const act = useAct(id);
  return (
    <AskDialog
      title={t("files.skip.title", { file: file.name })}
      description={t("files.skip.text")}
      confirm={t("files.skip.confirm")}
      danger
      busy={act.isPending}
      error={act.error}
      failed={t("migration.action_failed")}
      onConfirm={() => act.mutate({ type: "skip_file", fileId: file.id }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
