"use client";

import { CircleCheck, FileUp, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Panel } from "@/components/ui/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { TextInput } from "@/components/ui/text-input";
import { ApiProblem } from "@/lib/client/api-problem";
import { type BucketUpload, useBucketUploads } from "./use-bucket-uploads";

/** Files for a bucket: where to, how far each is, and where it lies then. */
export function BucketUploads({ connectionId, bucket }: { connectionId: string; bucket: string }) {
  const { t } = useT();
  const input = useRef<HTMLInputElement>(null);
  const [folder, setFolder] = useState("");
  const { uploads, add, cancel } = useBucketUploads(connectionId, bucket);
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  return (
    <Panel title={t("browse.upload.title")} note={t("browse.upload.text")}>
      <div className="px-4 py-3">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <Field
            id="bucket-folder"
            label={t("browse.upload.folder")}
            hint={t("browse.upload.folder.hint")}
            className="min-w-0 flex-[1_1_240px]"
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                value={folder}
                onChange={(event) => setFolder(event.target.value)}
              />
            )}
          </Field>
          <input
            ref={input}
            type="file"
            multiple
            className="hidden"
            onChange={(event) => {
              add([...(event.target.files ?? [])], prefix);
              // The same file may be chosen again.
              event.target.value = "";
            }}
          />
          <Button icon={FileUp} className="sm:mt-6" onClick={() => input.current?.click()}>
            {t("browse.upload.choose")}
          </Button>
        </div>
        {uploads.length > 0 ? (
          <ul aria-label={t("browse.upload.files")} className="divide-y divide-border border-border border-t">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} onCancel={() => cancel(upload.id)} />
            ))}
          </ul>
        ) : null}
      </div>
    </Panel>
  );
}

function UploadRow({ upload, onCancel }: { upload: BucketUpload; onCancel: () => void }) {
  const { t } = useT();
  const { file, state } = upload;
  const announce = useAnnounce();
  const isDone = state.kind === "done";
  useEffect(() => {
    if (isDone) announce(t("browse.upload.announce", { name: file.name }));
  }, [isDone, announce, file.name, t]);
  return (
    <li className="py-2.5 text-table">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <span className="font-medium wrap-anywhere">{file.name}</span> <Standing upload={upload} />
        </div>
        {state.kind === "waiting" || state.kind === "sending" ? (
          <IconButton icon={X} label={t("browse.upload.cancel", { name: file.name })} onClick={onCancel} />
        ) : null}
      </div>
      {state.kind === "failed" ? <Failed failure={state.failure} /> : null}
    </li>
  );
}

function Standing({ upload }: { upload: BucketUpload }) {
  const { t } = useT();
  const format = useFormat();
  const { file, doneBytes, state } = upload;
  const percent = format.percent(doneBytes, file.size);
  switch (state.kind) {
    case "waiting":
      return <span className="text-fg-2">{t("browse.upload.waiting")}</span>;
    case "cancelled":
      return <span className="text-fg-2">{t("browse.upload.cancelled")}</span>;
    case "sending":
      return (
        <>
          <span className="text-fg-2">
            {t("browse.upload.sending", { percent, size: format.bytes(file.size) })}
          </span>
          <ProgressBar
            label={file.name}
            valueText={percent}
            percent={(doneBytes / file.size) * 100}
            tone="info"
          />
        </>
      );
    case "done":
      return (
        <span className="flex gap-1.5 text-status-success wrap-anywhere">
          <CircleCheck size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {t("browse.upload.done", { key: state.key, crc64: state.crc64 })}
        </span>
      );
    case "failed":
      return null;
  }
}

function Failed({ failure }: { failure: Extract<BucketUpload["state"], { kind: "failed" }>["failure"] }) {
  const { t } = useT();
  if (failure.kind === "problem") {
    return <ErrorPanel title={t("browse.upload.failed")} error={new ApiProblem(failure.problem)} />;
  }
  const params = failure.kind === "refused" ? { detail: failure.detail } : {};
  return (
    <p role="alert" className="text-status-danger">
      {t("browse.upload.failed")}: {t(`browse.upload.failed.${failure.kind}`, params)}
    </p>
  );
}
