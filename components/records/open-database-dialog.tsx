"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { TypedNameDialog } from "@/components/ask/typed-name-dialog";
import { CheckModeChoice } from "@/components/check-mode/check-mode-choice";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { openDatabase } from "@/lib/client/record-mutations";
import type { RecordTaskRef } from "@/lib/client/record-queries";
import type { RecordTaskView } from "@/lib/contracts/record";
import type { OpenDatabaseInput } from "@/lib/contracts/record-input";
import { OursNote } from "./ours-note";

interface OpenDatabaseDialogProps {
  taskRef: RecordTaskRef;
  task: RecordTaskView;
  onClose: () => void;
}

/** *Open Database*: the check mode, what cannot be undone, and the name typed to confirm. */
export function OpenDatabaseDialog({ taskRef, task, onClose }: OpenDatabaseDialogProps) {
  const { t } = useT();
  const announce = useAnnounce();
  const open = useMutation(openDatabase(useQueryClient(), taskRef.rdsTaskId));
  const [checkMode, setCheckMode] = useState<OpenDatabaseInput["checkMode"]>("async");
  const database = task.databaseName;

  const submit = async (confirmName: string) => {
    const { connectionId, instanceId } = taskRef;
    try {
      await open.mutateAsync({ connectionId, instanceId, checkMode, confirmName });
    } catch {
      return;
    }
    announce(t("records.open.done", { database }));
    onClose();
  };

  return (
    <TypedNameDialog
      name={database}
      label={t("records.open.name", { database })}
      mismatch={t("records.open.name.mismatch", { database })}
      title={t("records.open.title", { database })}
      description={t("records.open.description", { instance: taskRef.instanceId })}
      confirm={open.isPending ? t("records.open.submitting") : t("records.open.submit")}
      keep={t("records.open.cancel")}
      busy={open.isPending}
      error={open.error}
      failed={t("records.open.failed")}
      onConfirm={submit}
      onClose={onClose}
    >
      {task.migrationId ? <OursNote migrationId={task.migrationId} /> : null}
      <p className="mb-4 font-medium">{t("records.open.final")}</p>
      <CheckModeChoice value={checkMode} onChange={setCheckMode} className="mb-4" />
    </TypedNameDialog>
  );
}
