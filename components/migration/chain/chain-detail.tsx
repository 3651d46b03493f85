"use client";

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useId } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useFormat } from "@/components/locale/use-format";
import { FileState } from "@/components/migration/files/file-state";
import { Copyable } from "@/components/ui/mono";
import { SkeletonLines } from "@/components/ui/skeleton";
import { fileVerdict, verdictText } from "@/components/verdict/verdict-text";
import { fileHeaderQuery } from "@/lib/client/chain-queries";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import type { MissingBackupView } from "@/lib/contracts/missing-backup";
import type { ChainEntry, GapEntry } from "./chain-order";
import { FoundBackupItem } from "./found-backup-item";
import { FactList, HeaderFacts } from "./header-facts";

interface ChainDetailProps {
  view: MigrationView;
  entry: ChainEntry;
  missing: MissingBackupView | undefined;
  /** Takes the focus when Enter is pressed on the chain. */
  heading: Ref<HTMLHeadingElement>;
  /** Esc: back to where one came from. */
  onLeave: () => void;
}

/** Every fact of the selected backup, or of the hole. */
export function ChainDetail({ view, entry, missing, heading, onLeave }: ChainDetailProps) {
  const { t } = useT();
  const id = useId();
  const leave = (event: KeyboardEvent) => {
    if (event.key === "Escape") onLeave();
  };
  const title = entry.type === "gap" ? t("chain.gap.short") : entry.file.name;
  return (
    <section {...{ onKeyDown: leave }} aria-labelledby={id} className="panel @container min-w-0">
      <div className="border-b border-border px-4 py-2.5">
        <h2
          id={id}
          ref={heading}
          tabIndex={-1}
          className="font-semibold text-base wrap-anywhere outline-offset-4"
        >
          {title}
        </h2>
      </div>
      <div className="grid @2xl:grid-cols-2 @5xl:grid-cols-3">
        {entry.type === "gap" ? (
          <GapDetail entry={entry} missing={missing} />
        ) : (
          <FileDetail view={view} file={entry.file} />
        )}
      </div>
    </section>
  );
}

function GapDetail({ entry, missing }: { entry: GapEntry; missing: MissingBackupView | undefined }) {
  const { t } = useT();
  const found = missing?.backups ?? [];
  return (
    <>
      <FactList
        title={t("chain.facts.lsn")}
        facts={[
          { label: t("chain.look.from"), value: <Copyable text={entry.fromLsn} /> },
          { label: t("chain.look.to"), value: <Copyable text={entry.toLsn} /> },
          { label: t("chain.gap.after"), value: entry.after?.name ?? null },
          { label: t("chain.gap.before"), value: entry.before.name },
        ]}
      />
      {found.map((backup) => (
        <div key={`${backup.backupSetGuid}${backup.firstLsn}`} className="px-4 py-3 text-table text-fg-2">
          <FoundBackupItem
            backup={backup}
            sourceFolder={missing?.sourceFolder ?? null}
            offsetMinutes={missing?.wanted?.utcOffsetMinutes ?? null}
          />
        </div>
      ))}
    </>
  );
}

function FileDetail({ view, file }: { view: MigrationView; file: BackupFileView }) {
  const { t, tx } = useT();
  const format = useFormat();
  const version = `${file.sizeBytes}@${file.lastLsn}@${file.state}`;
  const header = useQuery({
    ...fileHeaderQuery(view.id, file.id, version),
    placeholderData: (before, query) => (query?.queryKey[3] === file.id ? before : undefined),
  });
  const words = file.verdict ? verdictText(fileVerdict(view, file), { t, tx }) : null;
  return (
    <>
      <FactList
        title={t("chain.facts.file")}
        facts={[
          { label: t("files.status"), value: <FileState file={file} /> },
          ...(file.witness
            ? [
                {
                  label: t("chain.fact.witness"),
                  value: [t(`files.witness.${file.witness.by}`), file.witness.who]
                    .filter((part) => part !== null)
                    .join(", "),
                },
              ]
            : []),
          ...(words ? [{ label: t("chain.fact.verdict"), value: `${words.what}. ${words.why}` }] : []),
          { label: t("chain.fact.key"), value: <Copyable text={file.objectKey} /> },
          {
            label: t("timeline.detail.size"),
            value:
              file.sizeBytes === null
                ? null
                : t("chain.fact.bytes", {
                    size: format.bytes(file.sizeBytes),
                    bytes: format.number(file.sizeBytes),
                  }),
          },
          { label: t("files.crc"), value: file.crc64 && <Copyable text={file.crc64} /> },
          { label: t("chain.fact.etag"), value: header.data?.etag && <Copyable text={header.data.etag} /> },
          {
            label: t("chain.fact.source_path"),
            value: header.data?.sourcePath && <Copyable text={header.data.sourcePath} />,
          },
          { label: t("chain.fact.uploaded"), value: file.uploadedAt && <Timestamp at={file.uploadedAt} /> },
          { label: t("chain.fact.imported"), value: file.importedAt && <Timestamp at={file.importedAt} /> },
          { label: t("chain.fact.sent"), value: t("files.imported_times", { count: file.importedTimes }) },
        ]}
      />
      {header.isError ? (
        <ErrorPanel
          title={t("chain.header_failed")}
          error={header.error}
          onRetry={() => header.refetch()}
          className="m-3"
        />
      ) : header.isPending ? (
        <SkeletonLines lines={6} label={t("shell.loading")} className="p-4" />
      ) : header.data.header ? (
        <HeaderFacts set={header.data.header} />
      ) : (
        <p className="px-4 py-3 text-fg-2 text-table">{t("chain.header_none")}</p>
      )}
    </>
  );
}
