"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCommitHorizontal } from "lucide-react";
import { useCallback, useMemo, useRef } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { FileVerdictNote } from "@/components/migration/files/file-verdict-note";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { missingBackupQuery } from "@/lib/client/chain-queries";
import type { MigrationView } from "@/lib/contracts/migration";
import type { MissingBackupView } from "@/lib/contracts/missing-backup";
import { ChainDetail } from "./chain-detail";
import { ChainLane } from "./chain-lane";
import { ChainLegend } from "./chain-legend";
import { chainOrder } from "./chain-order";
import { ChainTable } from "./chain-table";
import { MissingBackupNote } from "./missing-backup-note";
import { useChainSelection } from "./use-chain-selection";

/** Whether the chain holds and which file to fetch if not; then its backups by LSN, as a lane and as a table. */
export function ChainTab({ view }: { view: MigrationView }) {
  const { t } = useT();
  const { files, chain } = view;
  const entries = useMemo(() => chainOrder(files, chain.targetLsn), [files, chain.targetLsn]);
  const missing = useQuery(missingBackupQuery(view)).data;
  const heading = useRef<HTMLHeadingElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const open = useCallback(() => {
    cameFrom.current = document.activeElement;
    heading.current?.focus();
  }, []);
  const leave = useCallback(() => {
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }, []);
  const preferred =
    entries.find((entry) => entry.type === "gap")?.key ??
    entries.findLast((entry) => entry.type === "file" && entry.file.lastLsn === chain.targetLsn)?.key ??
    null;
  const selection = useChainSelection(entries, { preferred, onOpen: open });
  const selected = entries[selection.index];
  const applied = entries.filter((entry) => entry.type === "file" && entry.file.importedAt !== null).length;
  return (
    <div className="space-y-4">
      <Verdict view={view} missing={missing} />
      {entries.length === 0 ? (
        <section className="panel">
          <EmptyState icon={GitCommitHorizontal} title={t("chain.empty")} />
        </section>
      ) : (
        <>
          <Panel title={t("chain.title")} note={t("chain.note")} actions={<ChainLegend />}>
            <ChainLane
              entries={entries}
              targetLsn={view.cutover?.onlineAt ? null : chain.targetLsn}
              missing={missing}
              selection={selection}
            />
          </Panel>
          <div className="grid items-start gap-4 min-[105rem]:grid-cols-[minmax(0,1fr)_400px]">
            <Panel
              title={t("chain.table")}
              note={t("chain.counts", { count: files.length, applied })}
              actions={<span className="hidden text-cap text-fg-2 md:inline">{t("chain.keys")}</span>}
              className="min-w-0"
            >
              <ChainTable entries={entries} selection={selection} />
            </Panel>
            {selected ? (
              <ChainDetail view={view} entry={selected} missing={missing} heading={heading} onLeave={leave} />
            ) : null}
          </div>
        </>
      )}
    </div>
  );
}

/** First what is missing, then why a file was refused; else how far the chain holds. */
function Verdict({ view, missing }: { view: MigrationView; missing: MissingBackupView | undefined }) {
  const { t } = useT();
  const atLsn = view.chain.targetLsn;
  const refused = view.files.find((file) => file.state === "refused");
  if (refused) {
    const gap = refused.verdict?.kind === "gap";
    return (
      <>
        {missing?.wanted ? <MissingBackupNote view={view} missing={missing} tone="danger" /> : null}
        {gap && missing?.wanted ? null : <FileVerdictNote view={view} file={refused} />}
      </>
    );
  }
  if (view.cutover?.onlineAt) return <Callout tone="success" title={t("chain.done")} />;
  if (missing?.wanted && missing.backups.length > 0) {
    return <MissingBackupNote view={view} missing={missing} tone="warning" />;
  }
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
