"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { deleteConnection } from "@/lib/client/connection-mutations";
import type { ConnectionView } from "@/lib/contracts/connection";

export function DeleteConnectionDialog({
  connection,
  onClose,
}: {
  connection: ConnectionView;
  onClose: () => void;
}) {
  const { t } = useT();
  const announce = useAnnounce();
  const remove = useMutation(deleteConnection(useQueryClient()));
  const { id, name, migrations } = connection;

  const confirm = async () => {
    try {
      await remove.mutateAsync(id);
    } catch {
      return;
    }
    announce(t("connections.delete.done", { name }));
    onClose();
  };

  return (
    <AskDialog
      title={t("connections.delete.title", { name })}
      description={t("connections.delete.text")}
      confirm={t("connections.delete.confirm")}
      icon={Trash2}
      keep={t("connections.delete.keep")}
      danger
      busy={remove.isPending}
      error={remove.error}
      failed={t("connections.delete.failed")}
      onConfirm={confirm}
      onClose={onClose}
    >
      {migrations > 0 ? <p>{t("connections.delete.inUse", { count: migrations })}</p> : null}
    </AskDialog>
  );
}
