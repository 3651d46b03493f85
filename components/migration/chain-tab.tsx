"use client";

import { GitCommitHorizontal } from "lucide-react";
import { useT } from "@/components/shell/i18n-provider";
import { Bytes } from "@/components/ui/bytes";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Lsn, Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { SourceTime } from "@/components/ui/timestamp";
import type { MigrationView } from "@/lib/contracts/migration";
import { ChainLane, ChainLegend } from "./chain-lane";
import { type ChainEntry, chainOrder } from "./chain-order";
import { FileState } from "./file-state";
import { FileVerdictNote } from "./file-verdict-note";

/** Whether the chain holds, in a sentence; then its backups by LSN. */
export function ChainTab({ view }: { view: MigrationView }) {
  const { t } = useT();
  const entries = chainOrder(view.files, view.chain.targetLsn);
  const refused = view.files.find((file) => file.state === "refused");
  return (
    <div className="space-y-4">
      {refused ? <FileVerdictNote view={view} file={refused} /> : <Verdict view={view} />}
      {entries.length === 0 ? (
        <section className="panel">
          <EmptyState icon={GitCommitHorizontal} title={t("chain.empty")} />
        </section>
      ) : (
        <>
          <Panel title={t("chain.title")} note={t("chain.note")} actions={<ChainLegend />}>
            <ChainLane entries={entries} />
          </Panel>
          <Panel title={t("chain.table")}>
            <Table caption={t("chain.table")}>
              <TableHead>
                <Th numeric>{t("chain.number")}</Th>
                <Th>{t("files.type")}</Th>
                <Th>{t("files.name")}</Th>
                <Th numeric>{t("timeline.detail.size")}</Th>
                <Th numeric>{t("files.first_lsn")}</Th>
                <Th numeric>{t("files.last_lsn")}</Th>
                <Th>{t("files.source_time")}</Th>
                <Th>{t("chain.applied")}</Th>
              </TableHead>
              <tbody>
                {entries.map((entry) => (
                  <ChainRow key={entry.type === "gap" ? entry.key : entry.file.id} entry={entry} />
                ))}
              </tbody>
            </Table>
          </Panel>
        </>
      )}
    </div>
  );
}

function Verdict({ view }: { view: MigrationView }) {
  const { t } = useT();
  const atLsn = view.chain.targetLsn;
  if (view.cutover?.onlineAt) return <Callout tone="success" title={t("chain.done")} />;
  if (atLsn === null) {
    return (
      <Callout tone="neutral" title={t("chain.begin")}>
        {t("chain.begin_text")}
      </Callout>
    );
  }
  return (
    <Callout tone="success" title={t("chain.ok", { atLsn })}>
      {t("chain.ok_text")}
    </Callout>
  );
}

function ChainRow({ entry }: { entry: ChainEntry }) {
  const { t } = useT();
  if (entry.type === "gap") {
    return (
      <Tr className="bg-status-danger-tint">
        <Td />
        <Td colSpan={3} className="font-medium text-status-danger">
          {t("chain.missing")}
        </Td>
        <Td numeric>
          <b>
            <Lsn lsn={entry.fromLsn} />
          </b>
        </Td>
        <Td numeric>
          <b>
            <Lsn lsn={entry.toLsn} />
          </b>
        </Td>
        <Td colSpan={2} />
      </Tr>
    );
  }
  const { file, number, place } = entry;
  return (
    <Tr className={place === "unused" ? "text-fg-3" : undefined}>
      <Td numeric>{number}</Td>
      <Td className="whitespace-nowrap">{t(`files.backup.${file.type ?? "unknown"}`)}</Td>
      <Td className="min-w-56">
        <Mono className="wrap-anywhere">{file.name}</Mono>
      </Td>
      <Td numeric>
        <Bytes bytes={file.sizeBytes} />
      </Td>
      <Td numeric>
        <Lsn lsn={file.firstLsn} />
      </Td>
      <Td numeric>
        <Lsn lsn={file.lastLsn} />
      </Td>
      <Td>
        <SourceTime local={file.finishedAtLocal} offsetMinutes={file.utcOffsetMinutes} />
      </Td>
      <Td className="whitespace-nowrap">
        <FileState file={file} />
      </Td>
    </Tr>
  );
}
