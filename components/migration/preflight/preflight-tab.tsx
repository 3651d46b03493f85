"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { countProbes } from "@/components/preflight/order-probes";
import { ProbeList } from "@/components/preflight/probe-list";
import { useRunPreflight } from "@/components/preflight/use-preflight";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { preflightQuery } from "@/lib/client/preflight-queries";
import type { ProbeView } from "@/lib/contracts/migration";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";

/** Everything that could fail later, by where it would; `over`: the migration has ended and this is what was known. */
export function PreflightTab({ id, over }: { id: string; over: boolean }) {
  const { t } = useT();
  const preflight = useQuery({ ...preflightQuery(id), ...(over ? { refetchInterval: false as const } : {}) });
  const run = useRunPreflight(id);
  const view = preflight.data;
  if (!view) {
    return preflight.isError ? (
      <ErrorPanel
        title={t("preflight.load_failed")}
        error={preflight.error}
        onRetry={() => preflight.refetch()}
      />
    ) : (
      <SkeletonLines lines={6} label={t("preflight.checking")} />
    );
  }
  const busy = run.isPending ? (run.variables.probe ?? "all") : null;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-[1_1_320px] text-fg-2 text-table">{t("preflight.intro")}</p>
        {over ? null : (
          <Button icon={RefreshCw} busy={busy === "all"} onClick={() => run.mutate({ probe: null })}>
            {busy === "all" ? t("preflight.checking") : t("preflight.recheck_all")}
          </Button>
        )}
      </div>
      {run.error ? <ErrorPanel title={t("preflight.run_failed")} error={run.error} /> : null}
      {view.probes.length === 0 ? (
        <p className="text-fg-2 text-table">{t("preflight.none")}</p>
      ) : (
        PROBE_STEPS.map((group) => (
          <GroupPanel
            key={group}
            group={group}
            probes={view.probes.filter((probe) => probe.group === group)}
            list={(probes) => (
              <ProbeList
                id={id}
                probes={probes}
                checkRun={view.checkRun}
                busy={busy}
                onRecheck={over ? undefined : (probe) => run.mutate({ probe })}
              />
            )}
          />
        ))
      )}
    </div>
  );
}

function GroupPanel({
  group,
  probes,
  list,
}: {
  group: ProbeView["group"];
  probes: ProbeView[];
  list: (probes: ProbeView[]) => ReactNode;
}) {
  const { t } = useT();
  if (probes.length === 0) return null;
  return (
    <Panel title={t(`preflight.group.${group}`)} note={t("preflight.counts", { ...countProbes(probes) })}>
      {list(probes)}
    </Panel>
  );
}
