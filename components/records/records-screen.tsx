"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleHelp, Download, Printer, RefreshCw } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useNow } from "@/components/locale/use-now";
import { Button, ButtonLink } from "@/components/ui/button";
import { SkeletonLines } from "@/components/ui/skeleton";
import { connectionsQuery } from "@/lib/client/connection-queries";
import { instancesQuery } from "@/lib/client/instance-queries";
import { recordsExportHref, recordsQuery } from "@/lib/client/record-queries";
import { ExplainDrawer } from "./explain-drawer-late";
import { NothingHere } from "./nothing-here-late";
import { RecordsFilter } from "./records-filter";
import { RecordsList } from "./records-list";
import { filterOf, parseRecordsUrl, type RecordsUrl, recordsHref } from "./records-url";

/** Cloud Migration Records of Backup Data: the tasks of an instance, those made in the console too. */
export function RecordsScreen() {
  const { t } = useT();
  const url = parseRecordsUrl(useSearchParams());
  const today = new Date(useNow(false) || Date.now());
  const connections = useQuery(connectionsQuery());
  const accounts = (connections.data?.connections ?? []).filter(({ kind }) => kind === "cloud_account");
  const connectionId = url.connectionId ?? accounts[0]?.id ?? null;
  const instances = useQuery({ ...instancesQuery(connectionId ?? ""), enabled: connectionId !== null });
  const instanceId = url.instanceId ?? instances.data?.instances[0]?.instanceId ?? null;
  const filter = filterOf(url, { connectionId: connectionId ?? "", instanceId: instanceId ?? "" }, today);
  const chosen = connectionId !== null && instanceId !== null;
  const records = useQuery({ ...recordsQuery(filter), enabled: chosen });

  const [explaining, setExplaining] = useState(false);
  const change = (patch: Partial<RecordsUrl>) => {
    window.history.replaceState(null, "", recordsHref({ ...url, ...patch }));
  };
  const loading = <SkeletonLines lines={5} label={t("records.loading")} className="mt-6" />;

  return (
    <div className="page">
      <nav aria-label={t("shell.breadcrumb")} className="mb-1 text-cap text-fg-2">
        {t("records.crumb")} / {t("records.title")}
      </nav>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="min-w-0 grow">{t("records.title")}</h1>
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button icon={CircleHelp} onClick={() => setExplaining(true)}>
            {t("records.explain.title")}
          </Button>
          {chosen ? (
            <>
              <Button
                icon={RefreshCw}
                busy={records.isFetching && records.isFetched}
                onClick={() => records.refetch()}
              >
                {t("records.refresh")}
              </Button>
              <Button icon={Printer} onClick={() => window.print()}>
                {t("records.print")}
              </Button>
              <ButtonLink icon={Download} href={recordsExportHref(filter)} download>
                {t("records.exportCsv")}
              </ButtonLink>
            </>
          ) : null}
        </div>
      </div>
      {explaining ? <ExplainDrawer onClose={() => setExplaining(false)} /> : null}
      {connections.isPending ? (
        loading
      ) : connections.isError && !connections.data ? (
        <ErrorPanel
          title={t("connections.error.list")}
          error={connections.error}
          onRetry={connections.refetch}
          className="mt-4"
        />
      ) : accounts.length === 0 ? (
        <div className="panel mt-4">
          <NothingHere what="account" />
        </div>
      ) : (
        <>
          <RecordsFilter
            url={url}
            accounts={accounts}
            connectionId={connectionId}
            instanceId={instanceId}
            range={filter}
            today={today}
            onChange={change}
          />
          {instances.isError && !instances.data ? (
            <ErrorPanel
              title={t("records.error.instances")}
              error={instances.error}
              onRetry={instances.refetch}
            />
          ) : chosen ? (
            <RecordsList url={url} filter={filter} records={records} today={today} onChange={change} />
          ) : instances.isPending ? (
            loading
          ) : (
            <div className="panel">
              <NothingHere what={instances.data?.instances.length === 0 ? "instance" : "chosen"} />
            </div>
          )}
        </>
      )}
    </div>
  );
}
