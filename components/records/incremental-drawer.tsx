"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useState } from "react";
import { BucketSelect } from "@/components/catalog/bucket-select";
import { judgeIncrement } from "@/components/catalog/judge-object";
import { ObjectPicker } from "@/components/catalog/object-picker";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Drawer } from "@/components/ui/drawer";
import { toApiProblem } from "@/lib/client/api-problem";
import { bucketsQuery } from "@/lib/client/catalog-queries";
import { instanceQuery } from "@/lib/client/instance-query";
import { nextFileQuery } from "@/lib/client/next-file-query";
import { recordFilesQuery } from "@/lib/client/record-file-query";
import { uploadIncremental } from "@/lib/client/record-mutations";
import type { RecordTaskRef } from "@/lib/client/record-queries";
import type { RecordTaskView } from "@/lib/contracts/record";
import { OursNote } from "./ours-note";
import { folderOfFiles, taskProgress } from "./task-progress";

interface IncrementalDrawerProps {
  taskRef: RecordTaskRef;
  task: RecordTaskView;
  onClose: () => void;
}

/** *Upload Incremental Files*: an object of the bucket, judged by its header, handed to a waiting task. */
export function IncrementalDrawer({ taskRef, task, onClose }: IncrementalDrawerProps) {
  const { t } = useT();
  const announce = useAnnounce();
  const { connectionId, instanceId, rdsTaskId } = taskRef;
  const upload = useMutation(uploadIncremental(useQueryClient(), rdsTaskId));
  const buckets = useQuery(bucketsQuery(connectionId));
  const files = useQuery(recordFilesQuery(taskRef));
  const instance = useQuery(instanceQuery(connectionId, instanceId));
  const [picked, setPicked] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const [unread, setUnread] = useState(false);
  const only = buckets.data?.buckets.length === 1 ? (buckets.data.buckets[0]?.name ?? null) : null;
  const bucket = picked ?? only;
  const { reachedLsn } = taskProgress(files.data?.files ?? []);
  const database = task.databaseName;
  const judged = useQuery({
    ...nextFileQuery(taskRef, { bucket: bucket ?? "", key: key ?? "" }),
    enabled: bucket !== null && key !== null,
  });

  const isUnread = judged.error !== null && toApiProblem(judged.error).reason === "object_unread";

  const submit = async () => {
    setAsked(true);
    if (bucket === null || key === null) return;
    try {
      await upload.mutateAsync({ connectionId, instanceId, bucket, key, ...(unread && { unread }) });
    } catch {
      return;
    }
    announce(t("records.incremental.done", { file: key, database }));
    onClose();
  };

  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("records.incremental.title")}
      description={t("records.incremental.description", { database })}
      footer={
        <>
          <span className="mr-auto self-center text-cap text-fg-2">{t("records.incremental.budget")}</span>
          <Button onClick={onClose}>{t("records.incremental.cancel")}</Button>
          <Button variant="primary" icon={Upload} busy={upload.isPending} onClick={submit}>
            {upload.isPending ? t("records.incremental.submitting") : t("records.incremental.submit")}
          </Button>
        </>
      }
    >
      {task.migrationId ? <OursNote migrationId={task.migrationId} /> : null}
      <p className="mb-4 text-table wrap-anywhere">
        {reachedLsn
          ? t("records.incremental.reached", { lsn: reachedLsn })
          : t("records.incremental.reachedUnknown")}
      </p>
      <BucketSelect
        id="incremental-bucket"
        connectionId={connectionId}
        value={bucket}
        onChange={(name) => {
          setPicked(name);
          setKey(null);
        }}
        error={asked && bucket === null ? t("records.incremental.bucket.choose") : undefined}
      />
      {bucket === null ? null : (
        <fieldset className="min-w-0">
          <legend className="mb-1 font-medium text-table">{t("records.incremental.file")}</legend>
          {asked && key === null ? (
            <p role="alert" className="mb-1 text-cap text-status-danger">
              {t("records.incremental.choose")}
            </p>
          ) : null}
          <ObjectPicker
            connectionId={connectionId}
            bucket={bucket}
            prefix={folderOfFiles(files.data?.files ?? [])}
            selectedKey={key}
            onSelect={(chosen) => {
              setKey(chosen);
              setUnread(false);
            }}
            judge={(header) =>
              judgeIncrement(header, {
                reachedLsn,
                engineVersion: instance.data?.engineVersion ?? null,
              })
            }
            fits={reachedLsn && !judged.error ? t("object.fitsNext") : t("object.mayFit")}
          />
          {judged.error && !upload.error ? (
            isUnread ? (
              <Callout tone="warning" role="status" className="mt-2" title={t("records.incremental.unread")}>
                <p>{t("records.incremental.unread.text")}</p>
                <Checkbox
                  className="mt-1.5 text-fg"
                  checked={unread}
                  onChange={setUnread}
                  label={t("records.incremental.unread.say")}
                />
              </Callout>
            ) : (
              <ErrorPanel title={t("object.notNext")} error={judged.error} className="mt-2" />
            )
          ) : null}
        </fieldset>
      )}
      {upload.error ? (
        <ErrorPanel title={t("records.incremental.failed")} error={upload.error} className="mt-4" />
      ) : null}
    </Drawer>
  );
}
