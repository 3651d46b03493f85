"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { CheckModeChoice } from "@/components/check-mode/check-mode-choice";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { openDatabase } from "@/lib/client/record-mutations";
import type { RecordTaskRef } from "@/lib/client/record-queries";
import type { OpenDatabaseInput, RecordTaskView } from "@/lib/contracts/record";
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
  const [confirmName, setConfirmName] = useState("");
  const [asked, setAsked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const database = task.databaseName;
  const mismatch = confirmName !== database;

  const submit = async () => {
    setAsked(true);
    if (mismatch) {
      input.current?.focus();
      return;
    }
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
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={t("records.open.title", { database })}
      description={t("records.open.description", { instance: taskRef.instanceId })}
      footer={
        <>
          <Button onClick={onClose}>{t("records.open.cancel")}</Button>
          <Button variant="primary" busy={open.isPending} onClick={submit}>
            {open.isPending ? t("records.open.submitting") : t("records.open.submit")}
          </Button>
        </>
      }
    >
      <div className="px-4 py-4 sm:px-6">
        {task.migrationId ? <OursNote migrationId={task.migrationId} /> : null}
        <p className="mb-4 font-medium">{t("records.open.final")}</p>
        <CheckModeChoice value={checkMode} onChange={setCheckMode} className="mb-4" />
        <Field
          label={t("records.open.name", { database })}
          error={asked && mismatch ? t("records.open.name.mismatch", { database }) : undefined}
          className="mb-0"
        >
          {(control) => (
            <TextInput
              {...control}
              ref={input}
              mono
              value={confirmName}
              onChange={(event) => setConfirmName(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter") submit();
              }}
            />
          )}
        </Field>
        {open.error ? (
          <ErrorPanel title={t("records.open.failed")} error={open.error} className="mt-4" />
        ) : null}
      </div>
    </Dialog>
  );
}
