"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Panel } from "@/components/ui/panel";
import { uploadListQuery } from "@/lib/client/upload/upload-queries";
import type { MigrationView } from "@/lib/contracts/migration";
import { BegunRow } from "./begun-row";
import { DropZone } from "./drop-zone";
import { ItemRow } from "./item-row";
import { useUploadBoard } from "./use-upload-board";
import { WayNote } from "./way-note";

/** Files from this browser: where they are dropped, what each is, how far it is, and which were begun before. */
export function UploadPanel({ view, className }: { view: MigrationView; className?: string }) {
  const { t } = useT();
  const { board, items } = useUploadBoard(view.id);
  const list = useQuery(uploadListQuery(view.id));
  const { refetch } = list;
  // A file that was imported changes what the next one must be.
  const standing = `${view.chain.targetLsn}:${view.files.length}`;
  useEffect(() => {
    if (standing) void refetch();
  }, [standing, refetch]);
  const here = new Set(items.map((item) => item.upload?.id));
  const begun = (list.data?.uploads ?? []).filter(
    (upload) =>
      upload.state === "sending" &&
      !here.has(upload.id) &&
      !items.some((item) => item.begun && item.stage !== "failed" && item.file.name === upload.name),
  );
  return (
    <Panel title={t("upload.title")} {...(className && { className })}>
      <div className="space-y-3 px-4 py-3">
        <DropZone onFiles={(files) => board.add(files)} />
        <WayNote migrationId={view.id} onAllowed={() => void board.chooseWay()} />
        {list.isError ? (
          <ErrorPanel title={t("upload.list_failed")} error={list.error} onRetry={() => void refetch()} />
        ) : null}
        {items.length + begun.length > 0 ? (
          <ul aria-label={t("upload.files")} className="divide-y divide-border border-border border-t">
            {items.map((item) => (
              <ItemRow key={item.key} view={view} item={item} board={board} />
            ))}
            {begun.map((upload) => (
              <BegunRow key={upload.id} migrationId={view.id} upload={upload} />
            ))}
          </ul>
        ) : null}
      </div>
    </Panel>
  );
}
