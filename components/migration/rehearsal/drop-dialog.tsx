"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { dropRehearsal } from "@/lib/client/rehearsal-mutations";

/** What is dropped, and its name typed to confirm. */
export function DropDialog(props: { id: string; database: string; onClose: () => void }) {
  const { id, database, onClose } = props;
  const { t } = useT();
  const drop = useMutation(dropRehearsal(useQueryClient(), id));
  const [confirmName, setConfirmName] = useState("");
  const [asked, setAsked] = useState(false);
  const mismatch = confirmName !== database;
  return (
    <AskDialog
      title={t("rehearsal.drop.title", { database })}
      description={t("rehearsal.drop.text")}
      confirm={t("rehearsal.drop.confirm")}
      danger
      busy={drop.isPending}
      error={drop.error}
      failed={t("rehearsal.drop.failed")}
      onConfirm={() => {
        setAsked(true);
        if (!mismatch) drop.mutate({ confirmName }, { onSuccess: onClose });
      }}
      onClose={onClose}
    >
      <Field
        label={t("rehearsal.drop.name", { database })}
        error={asked && mismatch ? t("rehearsal.drop.mismatch", { database }) : undefined}
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
