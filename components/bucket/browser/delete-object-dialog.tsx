"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { deleteBucketObject } from "@/lib/client/bucket-objects";
import { objectBaseName } from "@/lib/migration/object-name";

interface DeleteObjectDialogProps {
  connectionId: string;
  bucket: string;
  objectKey: string;
  onClose: () => void;
  onDeleted: () => void;
}

/** Nothing brings an object back: its name is typed first. */
export function DeleteObjectDialog(props: DeleteObjectDialogProps) {
  const { connectionId, bucket, objectKey: key, onClose, onDeleted } = props;
  const { t } = useT();
  const announce = useAnnounce();
  const remove = useMutation(deleteBucketObject(useQueryClient(), connectionId, bucket));
  const [confirmName, setConfirmName] = useState("");
  const [asked, setAsked] = useState(false);
  const name = objectBaseName(key);
  const misnamed = confirmName !== name;
  const submit = async () => {
    setAsked(true);
    if (misnamed) return;
    const done = await remove.mutateAsync({ key, confirmName }).catch(() => null);
    if (!done) return;
    const { migrations } = done;
    announce(`${t("browse.delete.done", { key })} ${t("browse.delete.recorded", { migrations })}`);
    onDeleted();
  };
  return (
    <AskDialog
      title={t("browse.delete.title")}
      description={t("browse.delete.text")}
      confirm={t("browse.delete.confirm")}
      icon={Trash2}
      keep={t("browse.delete.keep")}
      danger
      busy={remove.isPending}
      error={remove.error}
      failed={t("browse.delete.failed")}
      onConfirm={submit}
      onClose={onClose}
    >
      <p className="text-table wrap-anywhere">
        <code>{`oss://${bucket}/${key}`}</code>
      </p>
      <Field
        label={t("browse.delete.name", { name })}
        error={asked && misnamed ? t("browse.delete.misnamed", { name }) : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            autoComplete="off"
            value={confirmName}
            onChange={(event) => setConfirmName(event.target.value)}
          />
        )}
      </Field>
    </AskDialog>
  );
}
