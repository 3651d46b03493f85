"use client";

import { TypedNameDialog } from "@/components/ask/typed-name-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { useAct } from "../act/use-act";

/** What a person's word ends, what stays as it is, and the name typed to confirm. */
export function GiveUpDialog(props: { id: string; database: string; onClose: () => void }) {
  const { id, database, onClose } = props;
  const { t } = useT();
  const act = useAct(id);
  return (
    <TypedNameDialog
      name={database}
      label={t("custody.give_up.name", { database })}
      mismatch={t("custody.give_up.mismatch", { database })}
      title={t("custody.give_up.title", { database })}
      description={t("custody.give_up.text")}
      confirm={t("custody.give_up.confirm")}
      keep={t("custody.give_up.keep")}
      danger
      busy={act.isPending}
      error={act.error}
      failed={t("custody.give_up.failed")}
      onConfirm={(confirmName) => act.mutate({ type: "give_up_source", confirmName }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
