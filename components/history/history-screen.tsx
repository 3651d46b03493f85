"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useT } from "@/components/locale/i18n-provider";
import { replaceQuery } from "@/components/shell/replace-query";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Segmented } from "@/components/ui/segmented";
import { SavedViews } from "@/components/views/saved-views";
import { connectionsQuery } from "@/lib/client/connection-queries";
import { historyExportHref } from "@/lib/client/history-queries";
import { HISTORY_KINDS, type HistoryQuery } from "@/lib/contracts/history";
import { HistoryFilterBar } from "./history-filter-bar";
import { HistoryMigrations } from "./history-migrations";
import { HistoryTasks } from "./history-tasks";
import { readHistoryUrl, writeHistoryUrl } from "./history-url";

/** All tasks and migrations on record, of all accounts and instances; what is asked for stands in the address. */
export function HistoryScreen() {
  const { t } = useT();
  const url = readHistoryUrl(new URLSearchParams(useSearchParams()));
  const { kind, query } = url;
  const connections = useQuery(connectionsQuery()).data?.connections ?? [];
  /** Another filter begins at the first page. */
  const change = (patch: HistoryQuery) =>
    replaceQuery(writeHistoryUrl({ kind, query: { ...query, after: "", ...patch } }));
  const Rows = kind === "tasks" ? HistoryTasks : HistoryMigrations;
  return (
    <div className="page">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1>{t("history.title")}</h1>
        <span className="flex flex-wrap items-center gap-2 print:hidden">
          <Segmented
            label={t("history.kind")}
            value={kind}
            onChange={(next) =>
              replaceQuery(
                writeHistoryUrl({ kind: next, query: { ...query, status: "", sort: "", after: "" } }),
              )
            }
            options={HISTORY_KINDS.map((value) => ({ value, label: t(`history.kind.${value}`) }))}
          />
          <ButtonLink icon={Download} href={historyExportHref(kind, query)} download>
            {t("history.export")}
          </ButtonLink>
        </span>
      </div>
      <p className="mt-1 text-table text-fg-2">
        {t("history.subtitle")}{" "}
        <Link href="/records" className="link">
          {t("history.to_instance")}
        </Link>
      </p>
      <SavedViews kind={kind} search={writeHistoryUrl({ kind, query: { ...query, after: "" } })} />
      <HistoryFilterBar
        key={kind}
        kind={kind}
        query={query}
        accounts={connections.filter((connection) => connection.kind === "cloud_account")}
        onChange={change}
      />
      <Rows query={query} onChange={change} />
    </div>
  );
}
