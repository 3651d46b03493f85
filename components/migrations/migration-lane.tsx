"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useFormat } from "@/components/locale/use-format";
import { STATUS_TABLE } from "@/components/status/status-table";
import { StatusWord } from "@/components/status/status-word";
import { Tag } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { TONE_FILL } from "@/components/ui/tone";
import { needText } from "@/components/verdict/need-text";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { migrationHref, needHref } from "./migration-links";
import { SourceClosed } from "./source-closed";

export const LANE_COLUMNS =
  "xl:grid-cols-[minmax(190px,1.25fr)_minmax(180px,1fr)_130px_130px_96px_minmax(230px,1.3fr)] gap-x-5";

/** One migration on one line: where from and to, how far, how far behind, and what comes next. */
export function MigrationLane({ migration }: { migration: MigrationSummaryView }) {
  const { t } = useT();
  const ended = migration.finishedAt !== null || migration.status === "cancelled";
  return (
    <li
      className={`relative grid grid-cols-3 gap-y-2.5 px-4 py-3 hover:bg-surface-2 xl:min-h-19 xl:items-center ${LANE_COLUMNS}`}
    >
      <div className="col-span-3 min-w-0 sm:col-span-1">
        <Link href={migrationHref(migration)} className="font-semibold text-fg hover:underline">
          {migration.source.database ?? migration.name}
        </Link>
        {migration.sandbox ? <Tag className="ml-2">{t("shell.sandbox.tag")}</Tag> : null}
        <span className="block text-cap text-fg-2">
          <Mono className="wrap-anywhere">{migration.target.instanceId}</Mono>
        </span>
        <span className="block text-cap text-fg-2">
          {t("migrations.from", { server: migration.source.name ?? "–" })}
        </span>
      </div>
      <div className="col-span-3 min-w-0 sm:col-span-2 xl:col-span-1">
        <StatusWord status={migration.status} small />
        <span className="block text-cap text-fg-2">
          {t(`migration.phase.${migration.phase}`)} ·{" "}
          {t("migrations.files_imported", { count: migration.filesImported })}
        </span>
        <MiniRail migration={migration} />
      </div>
      <Gap migration={migration} ended={ended} />
      <Forecast migration={migration} ended={ended} />
      <Figure label={t("migrations.column.imports")}>
        {t("migrations.imports_left", {
          left: Math.max(0, migration.importsToday.limit - migration.importsToday.used),
          limit: migration.importsToday.limit,
        })}
      </Figure>
      <NextStep migration={migration} ended={ended} />
    </li>
  );
}

/** A number with its name, which the column's heading says on wide screens. */
function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col justify-between text-table">
      <span className="block text-cap text-fg-3 xl:sr-only">{label}</span>
      <span className="font-semibold">{children}</span>
    </div>
  );
}

function Gap({ migration, ended }: { migration: MigrationSummaryView; ended: boolean }) {
  const { t } = useT();
  const format = useFormat();
  const { gapSeconds } = migration;
  return (
    <Figure label={t("migrations.column.gap")}>
      {gapSeconds === null || ended ? (
        <span className="font-normal text-cap text-fg-3">
          {migration.status === "succeeded"
            ? t("migrations.gap_online")
            : ended
              ? "–"
              : t("migrations.gap_none")}
        </span>
      ) : (
        format.duration(gapSeconds * 1000)
      )}
    </Figure>
  );
}

function Forecast({ migration, ended }: { migration: MigrationSummaryView; ended: boolean }) {
  const { t } = useT();
  const format = useFormat();
  const { forecast, forecastPending } = migration;
  return (
    <Figure label={t("migrations.column.forecast")}>
      {forecast === null || ended ? (
        <span className="font-normal text-cap text-fg-3">
          {ended ? "–" : forecastPending ? "…" : t("migrations.forecast_none")}
        </span>
      ) : (
        format.range(forecast.downtimeSeconds)
      )}
    </Figure>
  );
}

function NextStep({ migration, ended }: { migration: MigrationSummaryView; ended: boolean }) {
  const { t, tx } = useT();
  const need = needText(migration, { t, tx });
  const label = migration.needs ? tx(`migrations.do.${migration.needs.key}`, {}, t("migrations.open")) : null;
  return (
    <div className="col-span-3 flex min-w-0 flex-wrap items-center justify-between gap-2 xl:col-span-1">
      <span className="min-w-0 flex-1 basis-40 text-cap text-fg-2 wrap-anywhere">
        {need ??
          (migration.status === "succeeded"
            ? t("needs.done")
            : ended
              ? t("status.cancelled")
              : t("needs.nothing"))}
        <SourceClosed migration={migration} />
        {ended && migration.finishedAt ? (
          <span className="block">
            <Timestamp at={migration.finishedAt} />
          </span>
        ) : null}
      </span>
      {label ? (
        <ButtonLink
          size="sm"
          variant={migration.needs?.key === "cutover_ready" ? "primary" : "default"}
          href={needHref(migration)}
        >
          {label}
        </ButtonLink>
      ) : null}
    </div>
  );
}

/** The stages as a thin line; the words beside it say the same. */
function MiniRail({ migration }: { migration: MigrationSummaryView }) {
  return (
    <span aria-hidden className="mt-1.5 flex gap-0.5">
      {migration.stages.map(({ phase, status }) => (
        <span
          key={phase}
          className={clsx(
            "h-1 flex-1 rounded-[1px]",
            status === "pending" ? "bg-surface-3" : TONE_FILL[STATUS_TABLE[status].tone],
          )}
        />
      ))}
    </span>
  );
}
