"use client";

import { Check, FileArchive } from "lucide-react";
import { useT } from "@/components/shell/i18n-provider";
import { useFormat } from "@/components/shell/use-format";
import { Tag } from "@/components/ui/badge";
import { Bytes } from "@/components/ui/bytes";
import { EmptyState } from "@/components/ui/empty-state";
import { Lsn, Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { SourceTime } from "@/components/ui/timestamp";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { FileState } from "./file-state";
import { FileVerdictNote } from "./file-verdict-note";
import { UploadControlBar } from "./upload-control-bar";

/** Every file, from the disk of the source to its state at RDS. */
export function FilesTab({ view }: { view: MigrationView }) {
  const { t } = useT();
  const refused = view.files.filter((file) => file.state === "refused");
  return (
    <div className="space-y-4">
      {refused.map((file) => (
        <FileVerdictNote key={file.id} view={view} file={file} />
      ))}
      <UploadControlBar view={view} />
      <Panel title={t("files.title")} note={t("migrations.files_imported", { count: view.filesImported })}>
        {view.files.length === 0 ? (
          <EmptyState icon={FileArchive} title={t("files.empty")}>
            {t("files.empty_text")}
          </EmptyState>
        ) : (
          <Table caption={t("files.caption")}>
            <TableHead>
              <Th>{t("files.name")}</Th>
              <Th>{t("files.type")}</Th>
              <Th>{t("files.status")}</Th>
              <Th numeric>{t("files.uploaded")}</Th>
              <Th>{t("files.source_time")}</Th>
              <Th numeric>{t("files.first_lsn")}</Th>
              <Th numeric>{t("files.last_lsn")}</Th>
              <Th>{t("files.crc")}</Th>
              <Th>{t("files.rds")}</Th>
            </TableHead>
            <tbody>
              {view.files.map((file) => (
                <FileRow key={file.id} file={file} />
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </div>
  );
}

function FileRow({ file }: { file: BackupFileView }) {
  const { t, tx } = useT();
  return (
    <Tr>
      <Td className="min-w-56">
        <Mono className="wrap-anywhere">{file.name}</Mono>
      </Td>
      <Td className="whitespace-nowrap">
        {t(`files.backup.${file.type ?? "unknown"}`)}
        {file.tail ? <Tag className="ml-1.5">{t("files.tail")}</Tag> : null}
        {file.final && !file.tail ? <Tag className="ml-1.5">{t("files.final")}</Tag> : null}
      </Td>
      <Td className="whitespace-nowrap">
        <FileState file={file} />
      </Td>
      <Td numeric>
        <Uploaded file={file} />
      </Td>
      <Td>
        <SourceTime local={file.finishedAtLocal} offsetMinutes={file.utcOffsetMinutes} />
      </Td>
      <Td numeric>
        <Lsn lsn={file.firstLsn} />
      </Td>
      <Td numeric>
        <Lsn lsn={file.lastLsn} />
      </Td>
      <Td className="whitespace-nowrap">
        {file.crc64 ? (
          <span className="inline-flex items-center gap-1 text-status-success" title={file.crc64}>
            <Check size={14} aria-hidden />
            {t("files.crc_ok")}
          </span>
        ) : (
          <span className="text-fg-3">–</span>
        )}
        {file.receipt ? <Receipt receipt={file.receipt} /> : null}
      </Td>
      <Td className="whitespace-nowrap">
        {file.rdsStatus ? (
          tx(`files.rds.${file.rdsStatus}`, {}, file.rdsStatus)
        ) : (
          <span className="text-fg-3">–</span>
        )}
        <span className="block text-cap text-fg-3">
          {t("files.imported_times", { count: file.importedTimes })}
        </span>
      </Td>
    </Tr>
  );
}

/** What the upload took, under its checksum. */
function Receipt({ receipt }: { receipt: NonNullable<BackupFileView["receipt"]> }) {
  const { t } = useT();
  const format = useFormat();
  const { parts, partsRetried, runs } = receipt;
  return (
    <span className="block text-cap text-fg-3">
      {t("files.receipt", {
        rate: format.rate(receipt.bytesPerSecond),
        duration: format.duration(receipt.elapsedMs),
        parts,
      })}
      {partsRetried > 0 || runs > 1 ? (
        <span className="block">
          {t("files.receipt_again", { retried: partsRetried, resumed: runs - 1 })}
        </span>
      ) : null}
    </span>
  );
}

function Uploaded({ file }: { file: BackupFileView }) {
  const { t } = useT();
  const format = useFormat();
  const { uploadedBytes: done, sizeBytes: total } = file;
  if (done === null || total === null || done >= total) return <Bytes bytes={total} />;
  const text = t("format.of_total", {
    done: format.bytes(done),
    total: format.bytes(total),
    percent: format.percent(done, total),
  });
  return (
    <span className="inline-block min-w-36">
      {text}
      <ProgressBar
        label={file.name}
        valueText={text}
        percent={total > 0 ? (done / total) * 100 : null}
        className="mt-1"
      />
    </span>
  );
}
