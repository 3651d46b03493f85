"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
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
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("connections.delete.title", { name })}
      description={t("connections.delete.text")}
      footer={
        <>
          <Button onClick={onClose}>{t("connections.delete.keep")}</Button>
          <Button variant="danger" icon={Trash2} busy={remove.isPending} onClick={confirm}>
            {t("connections.delete.confirm")}
          </Button>
        </>
      }
    >
      {migrations > 0 || remove.error ? (
        <div className="space-y-3 px-4 py-3 sm:px-6">
          {migrations > 0 ? <p>{t("connections.delete.inUse", { count: migrations })}</p> : null}
          {remove.error ? <ErrorPanel title={t("connections.delete.failed")} error={remove.error} /> : null}
        </div>
      ) : null}
    </Dialog>
  );
}
