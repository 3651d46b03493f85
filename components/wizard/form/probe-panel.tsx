"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { countProbes } from "@/components/preflight/order-probes";
import { ProbeList } from "@/components/preflight/probe-list";
import { useRunPreflight } from "@/components/preflight/use-preflight";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { type ProbedStep, probesQuery } from "@/lib/client/draft-queries";
import { preflightQuery } from "@/lib/client/preflight-queries";
import type { DraftHandle } from "../draft/use-draft";
import { canProbe, probeChoices } from "./probe-choices";

/** The step's probes: every external fact with its evidence, what is to be fixed first. */
export function ProbePanel({ step, handle }: { step: ProbedStep; handle: DraftHandle }) {
  const { t } = useT();
  const { id, savedDraft } = handle;
  const enabled = id !== null && canProbe(step, savedDraft);
  const probes = useQuery({
    ...probesQuery(id ?? "", step, probeChoices(step, savedDraft)),
    enabled,
  });
  // Only the source has a check that goes on by itself.
  const { data: preflight } = useQuery({
    ...preflightQuery(id ?? ""),
    enabled: enabled && step === "source" && probes.isSuccess,
  });
  const run = useRunPreflight(id ?? "");
  const list = enabled ? (probes.data?.probes ?? []) : [];
  const counts = t("preflight.counts", { ...countProbes(list) });
  useSpokenCounts(list.length > 0 && !probes.isFetching ? counts : "");

  return (
    <Panel
      title={t("wizard.probes.title")}
      note={list.length > 0 ? counts : undefined}
      actions={
        enabled ? (
          <Button size="sm" icon={RefreshCw} busy={probes.isFetching} onClick={() => probes.refetch()}>
            {probes.isFetching ? t("wizard.probes.checking") : t("wizard.probes.recheckAll")}
          </Button>
        ) : null
      }
    >
      {!enabled || id === null ? (
        <p className="px-4 py-3 text-fg-2 text-table">{t("wizard.probes.none")}</p>
      ) : probes.isPending ? (
        <SkeletonLines lines={3} label={t("wizard.probes.checking")} className="p-4" />
      ) : probes.isError && list.length === 0 ? (
        <ErrorPanel
          title={t("wizard.probes.failed")}
          error={probes.error}
          onRetry={() => probes.refetch()}
          className="m-3"
        />
      ) : (
        <>
          {run.error ? (
            <ErrorPanel title={t("preflight.run_failed")} error={run.error} className="m-3" />
          ) : null}
          <ProbeList
            id={id}
            probes={list}
            checkRun={preflight?.checkRun ?? null}
            busy={probes.isFetching ? "all" : run.isPending ? run.variables.probe : null}
            onRecheck={(probe) => run.mutate({ probe })}
          />
        </>
      )}
    </Panel>
  );
}

/** Says the outcome of a round of checks, once each time it differs. */
function useSpokenCounts(counts: string): void {
  const announce = useAnnounce();
  const said = useRef("");
  useEffect(() => {
    if (counts === "" || counts === said.current) return;
    said.current = counts;
    announce(counts);
  }, [counts, announce]);
}
