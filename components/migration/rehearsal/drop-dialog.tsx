"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TypedNameDialog } from "@/components/ask/typed-name-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { dropRehearsal } from "@/lib/client/rehearsal-mutations";

/** What is dropped, and its name typed to confirm. */
export function DropDialog(props: { id: string; database: string; onClose: () => void }) {
  const { id, database, onClose } = props;
  const { t } = useT();
  const drop = useMutation(dropRehearsal(useQueryClient(), id));
  return (
    <TypedNameDialog
      name={database}
      label={t("rehearsal.drop.name", { database })}
      mismatch={t("rehearsal.drop.mismatch", { database })}
      title={t("rehearsal.drop.title", { database })}
      description={t("rehearsal.drop.text")}
      confirm={t("rehearsal.drop.confirm")}
      danger
      busy={drop.isPending}
      error={drop.error}
      failed={t("rehearsal.drop.failed")}
      onConfirm={(confirmName) => drop.mutate({ confirmName }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
