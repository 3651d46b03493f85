"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { discardDraft } from "@/lib/client/migration-mutations";

/** Asks once more before a draft is thrown away. */
export function DiscardDraftDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useT();
  const discard = useMutation(discardDraft(useQueryClient()));
  return (
    <AskDialog
      title={t("migrations.draft.discard_title")}
      description={t("migrations.draft.discard_text")}
      confirm={t("migrations.draft.discard")}
      danger
      busy={discard.isPending}
      error={discard.error}
      failed={t("migrations.draft.discard_failed")}
      onConfirm={() => discard.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
