"use client";

import { ArrowRight, ChevronRight } from "lucide-react";
import { Elapsed } from "@/components/locale/duration";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { StatusBadge } from "@/components/status/status-badge";
import { Tag } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import type { LiveState } from "@/lib/client/follow-stream";
import type { MigrationView } from "@/lib/contracts/migration";
import { LiveIndicator } from "./live-indicator";

interface MigrationTitleProps {
  view: MigrationView;
  live: LiveState | null;
  lastGoodMs: number;
}

/** Which migration, how it stands, from where to where, since when. */
export function MigrationTitle({ view, live, lastGoodMs }: MigrationTitleProps) {
  const { t } = useT();
  const format = useFormat();
  const sameName = view.source.database === view.target.database;
  return (
    <header>
      <nav aria-label={t("migration.crumb")} className="mb-2 flex items-center gap-1.5 text-cap text-fg-3">
        <Link href="/" className="text-fg-2 hover:underline">
          {t("shell.migrations")}
        </Link>
        <ChevronRight size={14} aria-hidden />
        <span>{view.name}</span>
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h1 className="flex flex-wrap items-center gap-2 wrap-anywhere">
          {view.source.database ?? view.name}
          <ArrowRight size={16} aria-hidden className="text-fg-3" />
          <Mono className="font-medium text-section">
            {view.target.instanceId}
            {sameName || !view.target.database ? "" : ` / ${view.target.database}`}
          </Mono>
        </h1>
        <StatusBadge status={view.status} detail={t(`migration.phase.${view.phase}`)} />
        {view.sandbox ? <Tag>{t("shell.sandbox.tag")}</Tag> : null}
        {live ? <LiveIndicator state={live} lastGoodMs={lastGoodMs} /> : null}
        {live ? (
          <Link href={`/wall/${encodeURIComponent(view.id)}`} className="link text-cap print:hidden">
            {t("shell.wall")}
          </Link>
        ) : null}
        {view.startedAt ? (
          <Link
            href={`/shares?migration=${encodeURIComponent(view.id)}`}
            className="link for-unlimited text-cap print:hidden"
          >
            {t("shell.share")}
          </Link>
        ) : null}
        {view.startedAt ? (
          <span className="text-cap text-fg-2">
            {t("migration.started_at", { time: format.instant(view.startedAt) })} ·{" "}
            <Elapsed from={view.startedAt} to={view.finishedAt} />
          </span>
        ) : null}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5 text-fg-2 text-table">
        {view.source.name ? <span>{view.source.name}</span> : null}
        {view.bucket ? (
          <Mono>
            oss://{view.bucket}/{view.prefix}
          </Mono>
        ) : null}
        {view.ticket ? (
          <span>
            {t("field.ticket")} <Mono className="text-fg">{view.ticket}</Mono>
          </span>
        ) : null}
        {view.method ? <span>{t(`field.method.${view.method}`)}</span> : null}
        {view.backupBy ? <span>{t(`migration.backup_by.${view.backupBy}`)}</span> : null}
        {view.transport ? <span>{t(`migration.transport.${view.transport}`)}</span> : null}
      </p>
    </header>
  );
}
