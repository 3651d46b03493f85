"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/failure/error-panel";
import { Bytes } from "@/components/locale/bytes";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Drawer } from "@/components/ui/drawer";
import { Id, Lsn, Mono } from "@/components/ui/mono";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { recordFilesQuery } from "@/lib/client/record-file-query";
import type { RecordTaskRef } from "@/lib/client/record-queries";
import type { RecordTaskView } from "@/lib/contracts/record";
import type { RecordFileView } from "@/lib/contracts/record-file";
import { FileStatus } from "./file-status";
import { taskProgress } from "./task-progress";

interface FilesDrawerProps {
  taskRef: RecordTaskRef;
  /** Undefined when the address names a task that the list does not show. */
  task: RecordTaskView | undefined;
  onClose: () => void;
}

/** *View File Details*: each file of a task with its type, state, times and, where we read its header, its LSNs. */
export function FilesDrawer({ taskRef, task, onClose }: FilesDrawerProps) {
  const { t } = useT();
  const files = useQuery(recordFilesQuery(taskRef));
  const list = files.data?.files ?? [];
  const progress = taskProgress(list);
  const rows = [
    ...(task ? [[t("records.files.method"), t(`field.method.${task.method}`)] as const] : []),
    [
      t("records.files.counts"),
      t("records.files.countsText", {
        restored: progress.restored,
        count: progress.count,
        failed: progress.failed,
      }),
    ] as const,
    ...(progress.reachedLsn
      ? [[t("records.files.reached"), t("records.files.reachedAt", { lsn: progress.reachedLsn })] as const]
      : []),
  ];
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("records.files.title")}
      description={t("records.files.to", {
        database: task?.databaseName ?? taskRef.rdsTaskId,
        instance: taskRef.instanceId,
      })}
    >
      {files.isPending ? (
        <SkeletonLines lines={5} label={t("records.files.loading")} />
      ) : files.isError && !files.data ? (
        <ErrorPanel title={t("records.files.error")} error={files.error} onRetry={() => files.refetch()} />
      ) : (
        <>
          <dl className="mb-4 grid grid-cols-[minmax(80px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
            {rows.map(([label, value]) => (
              <div key={label} className="contents">
                <dt className="text-fg-2">{label}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ))}
            <dt className="text-fg-2">{t("records.files.task")}</dt>
            <dd>
              <Id id={taskRef.rdsTaskId} />
            </dd>
          </dl>
          {list.length === 0 ? (
            <p className="text-fg-2">{t("records.files.none")}</p>
          ) : (
            <FilesTable files={list} task={taskRef.rdsTaskId} />
          )}
        </>
      )}
    </Drawer>
  );
}

function FilesTable({ files, task }: { files: RecordFileView[]; task: string }) {
  const { t } = useT();
  return (
    <>
      <div className="panel overflow-hidden">
        <Table compact caption={t("records.files.caption", { task })}>
          <TableHead>
            <Th>{t("records.files.col.file")}</Th>
            <Th>{t("records.files.col.lsn")}</Th>
            <Th>{t("records.files.col.status")}</Th>
          </TableHead>
          <tbody>
            {files.map((file) => (
              <FileRow key={`${file.fileName}-${file.createdAt}`} file={file} />
            ))}
          </tbody>
        </Table>
      </div>
      <details className="mt-4">
        <summary className="w-fit text-cap text-fg-2">{t("records.files.raw")}</summary>
        <ul className="mt-2 space-y-2 text-cap wrap-anywhere" lang="en">
          {files.map((file) => (
            <li key={`${file.fileName}-${file.createdAt}`}>
              <Mono>{file.fileName}</Mono>
              <span className="block text-fg-2">
                {t("records.files.raw.status", { status: file.providerStatus })}
              </span>
              {file.description ? (
                <span className="block text-fg-2">
                  {t("records.files.raw.description", { description: file.description })}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function FileRow({ file }: { file: RecordFileView }) {
  const { t } = useT();
  const format = useFormat();
  const { header } = file;
  return (
    <Tr>
      <Td className="min-w-36 align-top">
        <Mono className="wrap-anywhere">{file.fileName}</Mono>
        <span className="block text-cap text-fg-2">
          {t(`object.type.${file.type}`)}
          {" · "}
          {file.sizeBytes === null ? t("records.files.sizeUnknown") : <Bytes bytes={file.sizeBytes} />}
        </span>
      </Td>
      <Td className="whitespace-nowrap align-top text-mini">
        {header ? (
          <>
            <span className="block">
              <Lsn lsn={header.firstLsn} />
            </span>
            <span className="block">
              <Lsn lsn={header.lastLsn} />
            </span>
          </>
        ) : (
          <span className="text-cap text-fg-3">{t("records.files.lsnUnknown")}</span>
        )}
      </Td>
      <Td className="align-top">
        <FileStatus file={file} />
        {file.createdAt ? (
          <span className="block whitespace-nowrap text-cap text-fg-2">
            {t("records.files.started", { time: format.instant(file.createdAt, "short") })}
          </span>
        ) : null}
        {file.endedAt ? (
          <span className="block whitespace-nowrap text-cap text-fg-2">
            {t("records.files.ended", { time: format.instant(file.endedAt, "short") })}
          </span>
        ) : null}
      </Td>
    </Tr>
  );
}
