"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "@/components/shell/announcer";
import { useT } from "@/components/shell/i18n-provider";
import { Button } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { type ProbedStep, probesQuery } from "@/lib/client/draft-queries";
import type { ProbeView } from "@/lib/contracts/migration";
import { canProbe, probeChoices } from "./probe-choices";
import { ProbeRow } from "./probe-row";
import type { DraftHandle } from "./use-draft";

/** Above this many passed checks the rest folds away: what is to be done stays in sight. */
const PASSED_SHOWN = 4;

/** The step's probes: every external fact with its evidence, what is to be fixed first. */
export function ProbePanel({ step, handle }: { step: ProbedStep; handle: DraftHandle }) {
  const { t } = useT();
  const { id, savedDraft } = handle;
  const enabled = id !== null && canProbe(step, savedDraft);
  const probes = useQuery({
    ...probesQuery(id ?? "", step, probeChoices(step, savedDraft)),
    enabled,
  });
  const [unfolded, setUnfolded] = useState(false);
  const list = enabled ? (probes.data?.probes ?? []) : [];
  const open = list.filter(({ verdict }) => verdict !== "pass");
  const passed = list.filter(({ verdict }) => verdict === "pass");
  const counts = t("wizard.probes.counts", {
    blocked: countOf(list, "block"),
    warned: countOf(list, "warn") + countOf(list, "unknown"),
    passed: passed.length,
  });
  useSpokenCounts(list.length > 0 && !probes.isFetching ? counts : "");
  const folded = passed.length > PASSED_SHOWN && !unfolded;
  const shown = [...open, ...(folded ? passed.slice(0, PASSED_SHOWN) : passed)];

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
      {!enabled ? (
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
          <ul aria-busy={probes.isFetching}>
            {shown.map((probe) => (
              <ProbeRow
                key={probe.id}
                probe={probe}
                busy={probes.isFetching}
                onRecheck={() => probes.refetch()}
              />
            ))}
          </ul>
          {passed.length > PASSED_SHOWN ? (
            <div className="border-t border-border px-4 py-2">
              <button type="button" className="link min-h-6 text-cap" onClick={() => setUnfolded(!unfolded)}>
                {folded
                  ? t("wizard.probes.showPassed", { count: passed.length - PASSED_SHOWN })
                  : t("wizard.probes.hidePassed")}
              </button>
            </div>
          ) : null}
        </>
      )}
    </Panel>
  );
}

function countOf(probes: readonly ProbeView[], verdict: ProbeView["verdict"]): number {
  return probes.filter((probe) => probe.verdict === verdict).length;
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
