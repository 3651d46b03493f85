"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { TypedNameDialog } from "@/components/ask/typed-name-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
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
  const name = objectBaseName(key);
  const submit = async (confirmName: string) => {
    const done = await remove.mutateAsync({ key, confirmName }).catch(() => null);
    if (!done) return;
    const { migrations } = done;
    announce(`${t("browse.delete.done", { key })} ${t("browse.delete.recorded", { migrations })}`);
    onDeleted();
  };
  return (
    <TypedNameDialog
      name={name}
      label={t("browse.delete.name", { name })}
      mismatch={t("browse.delete.misnamed", { name })}
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
    </TypedNameDialog>
  );
}
