"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { LiveIndicator } from "@/components/migration/header/live-indicator";
import { useDocumentTitle } from "@/components/shell/use-document-title";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { SkeletonLines } from "@/components/ui/skeleton";
import type { LiveState } from "@/lib/client/follow-stream";
import { waveQuery } from "@/lib/client/wave-queries";
import type { WaveView } from "@/lib/contracts/wave";
import { WaveStatus } from "../wave-status";
import { Facts } from "./facts";
import { HeldPanel } from "./held-panel";
import { LanesPanel } from "./lanes-panel";
import { MatrixPanel } from "./matrix-panel";
import { needsPerson } from "./needs-person";
import { SharedPanel } from "./shared-panel";
import { useLiveWave } from "./use-live-wave";
import { WaveActions } from "./wave-actions";

/** A wave: when is the last online, which one decides it, whom do those that stopped hold? */
export function WaveScreen({ id }: { id: string }) {
  const { t } = useT();
  const [isLive, setLive] = useState(false);
  const wave = useQuery(waveQuery(id, isLive));
  const goesOn = wave.data?.status === "running" || wave.data?.status === "paused";
  const live = useLiveWave(id, goesOn);
  if (isLive !== (goesOn && live === "live")) setLive(!isLive);
  useDocumentTitle(wave.data ? `${wave.data.name} · ${t("wave.title")} · Chainferry` : null);
  return (
    <div className="page">
      <nav aria-label={t("wave.crumb")} className="mb-2 flex items-center gap-1 text-cap">
        <Link href="/waves" className="link">
          {t("wave.crumb")}
        </Link>
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden className="text-fg-3" />
        <span className="text-fg-2">{wave.data?.name}</span>
      </nav>
      {wave.data ? null : <QueryError query={wave} title={t("wave.load_failed")} />}
      {wave.isPending ? <SkeletonLines lines={12} label={t("wave.loading")} /> : null}
      {wave.data ? (
        <Loaded wave={wave.data} live={goesOn ? live : null} lastGoodMs={wave.dataUpdatedAt} />
      ) : null}
    </div>
  );
}

function Loaded({ wave, live, lastGoodMs }: { wave: WaveView; live: LiveState | null; lastGoodMs: number }) {
  const { t } = useT();
  const format = useFormat();
  const { after, startedAt, members } = wave;
  const sources = [...new Set(members.flatMap(({ migration }) => migration.source.name ?? []))];
  const held = members.filter(needsPerson).length;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="wrap-anywhere">{wave.name}</h1>
            <WaveStatus status={wave.status} held={held} />
            {live ? <LiveIndicator state={live} lastGoodMs={lastGoodMs} /> : null}
            {startedAt ? (
              <span className="text-cap text-fg-2">
                {t("wave.started", { time: format.instant(startedAt) })}
              </span>
            ) : null}
          </div>
          <p className="mt-1 flex flex-wrap gap-x-5 text-fg-2 text-table">
            {sources.length > 0 ? <span className="wrap-anywhere">{sources.join(", ")}</span> : null}
            <span>{t("wave.instances", { count: wave.instances.length })}</span>
            <span>{wave.createdBy}</span>
          </p>
        </div>
        <WaveActions wave={wave} />
      </div>
      {after ? (
        <Callout tone="info" className="mb-4" role="status">
          {after.until === null
            ? t("wave.fact.after", { name: after.name })
            : t("wave.fact.after.until", { name: after.name, time: format.instant(after.until, "full") })}
        </Callout>
      ) : null}
      <Facts wave={wave} />
      <LanesPanel wave={wave} />
      <div className="my-4 grid grid-cols-[repeat(auto-fit,minmax(min(100%,28rem),1fr))] items-start gap-4">
        <HeldPanel wave={wave} />
        <SharedPanel wave={wave} />
      </div>
      <MatrixPanel wave={wave} />
    </>
  );
}
