"use client";

import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useAct } from "../act/use-act";

/** What a person's word ends, what stays as it is, and the name typed to confirm. */
export function GiveUpDialog(props: { id: string; database: string; onClose: () => void }) {
  const { id, database, onClose } = props;
  const { t } = useT();
  const act = useAct(id);
  const [confirmName, setConfirmName] = useState("");
  const [asked, setAsked] = useState(false);
  const mismatch = confirmName !== database;
  const submit = () => {
    setAsked(true);
    if (!mismatch) act.mutate({ type: "give_up_source", confirmName }, { onSuccess: onClose });
  };
  return (
    <AskDialog
      title={t("custody.give_up.title", { database })}
      description={t("custody.give_up.text")}
      confirm={t("custody.give_up.confirm")}
      keep={t("custody.give_up.keep")}
      danger
      busy={act.isPending}
      error={act.error}
      failed={t("custody.give_up.failed")}
      onConfirm={submit}
      onClose={onClose}
    >
      <Field
        label={t("custody.give_up.name", { database })}
        error={asked && mismatch ? t("custody.give_up.mismatch", { database }) : undefined}
        className="mb-0"
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={confirmName}
            onChange={(event) => setConfirmName(event.target.value)}
          />
        )}
      </Field>
    </AskDialog>
  );
}
