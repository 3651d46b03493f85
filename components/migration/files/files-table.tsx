"use client";

import { Check } from "lucide-react";
import { memo, useRef } from "react";
import { Bytes } from "@/components/locale/bytes";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { useFormat } from "@/components/locale/use-format";
import { useSpan } from "@/components/migration/files/use-span";
import { Tag } from "@/components/ui/badge";
import { Lsn, Mono } from "@/components/ui/mono";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SpacerRow } from "@/components/ui/spacer-row";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import type { BackupFileView } from "@/lib/contracts/migration";
import { FileState } from "./file-state";

/** Among many files every row is as high as any other: where a row lies is then a multiplication. */
const ROW = 80;
const STEP = ROW * 6;
/** Up to here all rows are drawn, each as high and wide as it wants. */
const WINDOW_FROM = 80;
const COLUMNS = [
  ["name", undefined],
  ["type", 156],
  ["status", 136],
  ["uploaded", 176],
  ["source_time", 168],
  ["first_lsn", 172],
  ["last_lsn", 172],
  ["crc", 240],
  ["rds", 136],
] as const;
const NUMERIC: readonly string[] = ["uploaded", "first_lsn", "last_lsn"];

/** Files as a table. A long one scrolls in itself, and only the rows near what is seen are drawn. */
export function FilesTable({ files }: { files: readonly BackupFileView[] }) {
  const { t } = useT();
  const scroller = useRef<HTMLElement>(null);
  const span = useSpan(scroller, "y", STEP);
  const windowed = files.length > WINDOW_FROM;
  const first = windowed ? Math.min(files.length, Math.floor(span.from / ROW)) : 0;
  const end = windowed ? Math.min(files.length, Math.ceil(span.to / ROW)) : files.length;
  return (
    <Table
      caption={t("files.caption")}
      scroller={scroller}
      className={windowed ? "max-h-160 overflow-y-auto" : ""}
      tableClassName={windowed ? "min-w-400 table-fixed" : ""}
      rowCount={windowed ? files.length + 1 : undefined}
    >
      {windowed ? (
        <colgroup>
          {COLUMNS.map(([name, width]) => (
            <col key={name} style={{ width }} />
          ))}
        </colgroup>
      ) : null}
      <TableHead className={windowed ? "sticky top-0 z-2" : ""}>
        {COLUMNS.map(([name]) => (
          <Th key={name} numeric={NUMERIC.includes(name)}>
            {t(`files.${name}`)}
          </Th>
        ))}
      </TableHead>
      <tbody>
        <SpacerRow height={first * ROW} columns={COLUMNS.length} />
        {files.slice(first, end).map((file, offset) => (
          <FileRow key={file.id} file={file} rowIndex={windowed ? first + offset + 2 : null} />
        ))}
        <SpacerRow height={(files.length - end) * ROW} columns={COLUMNS.length} />
      </tbody>
    </Table>
  );
}

/** `rowIndex`: the row's number among many, where its height is given; null among few. */
const FileRow = memo(function FileRow({ file, rowIndex }: { file: BackupFileView; rowIndex: number | null }) {
  const { t, tx } = useT();
  const fixed = rowIndex !== null;
  return (
    <Tr aria-rowindex={rowIndex ?? undefined} style={fixed ? { height: ROW } : undefined}>
      <Td className={fixed ? "truncate" : "min-w-56"} title={fixed ? file.objectKey : undefined}>
        <Mono className={fixed ? "" : "wrap-anywhere"}>{file.name}</Mono>
      </Td>
      <Td className="whitespace-nowrap">
        {t(`files.backup.${file.type ?? "unknown"}`)}
        {file.tail ? <Tag className="ml-1.5">{t("files.tail")}</Tag> : null}
        {file.final && !file.tail ? <Tag className="ml-1.5">{t("files.final")}</Tag> : null}
        {file.witness && file.witness.by !== "bytes" ? <Told witness={file.witness} /> : null}
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
});

/** Its own bytes could not be read here: whose word type and LSNs are. */
function Told({ witness }: { witness: NonNullable<BackupFileView["witness"]> }) {
  const { t } = useT();
  const { by, who } = witness;
  return (
    <span className="block text-cap text-fg-3">
      {t(`files.witness.${by}`)}
      {who === null ? null : `, ${who}`}
    </span>
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
