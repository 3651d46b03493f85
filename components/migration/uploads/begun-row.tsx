"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { cancelUpload } from "@/lib/client/upload/upload-queries";
import type { BrowserUploadView } from "@/lib/contracts/browser-upload";

/** An upload that was begun on another day, in another tab or before a reload: the same file takes it up again. */
export function BegunRow({ migrationId, upload }: { migrationId: string; upload: BrowserUploadView }) {
  const { t } = useT();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-[1_1_320px]">
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <Mono className="font-medium wrap-anywhere">{upload.name}</Mono>
          <span className="text-cap text-fg-2">{format.bytes(upload.sizeBytes)}</span>
        </p>
        <p className="text-table">{t("upload.begun")}</p>
        <p className="text-cap text-fg-2">
          {t("upload.begun.text", {
            time: format.instant(upload.createdAt),
            modified: format.instant(upload.modifiedMs),
          })}
        </p>
      </div>
      <Button size="sm" onClick={() => setAsking(true)}>
        {t("upload.cancel")}
      </Button>
      {asking ? (
        <CancelUploadDialog migrationId={migrationId} upload={upload} onClose={() => setAsking(false)} />
      ) : null}
    </li>
  );
}

/** Says what goes before it goes. */
export function CancelUploadDialog({
  migrationId,
  upload,
  onClose,
  onCancelled,
}: {
  migrationId: string;
  upload: BrowserUploadView;
  onClose: () => void;
  onCancelled?: () => void;
}) {
  const { t } = useT();
  const cancel = useMutation(cancelUpload(useQueryClient(), migrationId));
  const confirm = () =>
    cancel.mutate(upload.id, {
      onSuccess: () => {
        onCancelled?.();
        onClose();
      },
    });
  return (
    <AskDialog
      title={t("upload.cancel.title", { file: upload.name })}
      description={t("upload.cancel.text")}
      confirm={t("upload.cancel")}
      keep={t("upload.cancel.keep")}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      failed={t("upload.cancel.failed")}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
