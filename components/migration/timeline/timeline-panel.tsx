"use client";

import clsx from "clsx";
import { useMemo, useState } from "react";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { useNow } from "@/components/locale/use-now";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import type { OutlookView } from "@/lib/contracts/outlook";
import { formatDuration } from "@/lib/format/format-duration";
import { formatInstant, formatShownZone } from "@/lib/format/format-instant";
import { foldGroups } from "./fold-groups";
import type { StepGroup } from "./join-groups";
import { layoutTimeline, type TimelineRow } from "./layout-timeline";
import { OutlookSummary } from "./outlook-summary";
import { BAR_CLASS, TimelineRowView } from "./timeline-row";
import { TIMELINE_ZOOMS, type TimelineZoom } from "./timeline-zoom";

interface TimelinePanelProps {
  groups: StepGroup[];
  /** Absent until it is read. */
  outlook: OutlookView | undefined;
  /** Whether anything may still move. */
  running: boolean;
  selected: string | null;
  onSelect: (stepId: string) => void;
  titleOf: (row: TimelineRow) => string;
}

const COLUMNS = "sm:grid-cols-[180px_minmax(0,1fr)_84px_104px]";

/** What was planned, what ran and what is foreseen, on one axis. The step list below says what ran in words. */
export function TimelinePanel({ groups, outlook, running, selected, onSelect, titleOf }: TimelinePanelProps) {
  const { t } = useT();
  const locale = useLocale();
  const now = useNow(running);
  const [zoom, setZoom] = useState<TimelineZoom>("fit");
  const {
    rows,
    axis,
    now: nowAt,
  } = useMemo(() => layoutTimeline(groups, now, { outlook, zoom }), [groups, now, outlook, zoom]);
  const [unfolded, setUnfolded] = useState<Record<string, boolean>>({});
  const folds = useMemo(() => foldsOf(groups), [groups]);
  const drawn = rows.filter(
    ({ bars, plan, forecast, went }) => bars.length + plan.length + forecast.length + went.length > 0,
  );
  return (
    <Panel
      title={t("timeline.title")}
      note={
        outlook ? (
          <Segmented
            label={t("timeline.zoom")}
            value={zoom}
            onChange={setZoom}
            options={TIMELINE_ZOOMS.map((value) => ({ value, label: t(`timeline.zoom.${value}`) }))}
          />
        ) : undefined
      }
      actions={<Legend />}
    >
      {drawn.length === 0 ? (
        <p className="px-4 py-6 text-fg-2 text-table">{t("timeline.empty")}</p>
      ) : (
        <div className="relative overflow-hidden">
          <div aria-hidden className={clsx("grid h-10 border-b border-border text-cap text-fg-2", COLUMNS)}>
            <span className="hidden self-end px-4 pb-1 sm:block">{t("timeline.step")}</span>
            <span className="relative mx-3 sm:mx-0">
              <span className="absolute top-0.5 right-0 text-fg-3 text-mini">
                {t("timeline.axis_zone", { zone: formatShownZone(axis.toMs) })}
              </span>
              {axis.ticks.map((tick, index) => (
                <span
                  key={tick.atMs}
                  className={clsx(
                    "absolute bottom-1 whitespace-nowrap",
                    index % 2 === 1 && "max-sm:hidden",
                    tick.left < 4 ? "" : tick.left > 94 ? "-translate-x-full" : "-translate-x-1/2",
                  )}
                  style={{ left: `${tick.left}%` }}
                >
                  {formatInstant(tick.atMs, locale, axis.tickStyle)}
                </span>
              ))}
            </span>
            <span className="hidden self-end px-3 pb-1 text-right sm:block">{t("timeline.size")}</span>
            <span className="hidden self-end px-4 pb-1 text-right sm:block">{t("timeline.duration")}</span>
          </div>
          <div className="relative">
            <ol aria-label={t("timeline.label")}>
              {drawn.map((row) => {
                const fold = folds.get(row.key);
                if (fold && !unfolded[fold.key]) {
                  if (fold.first !== row.key) return null;
                  return (
                    <li key={fold.key} className="relative z-1 border-b border-border">
                      <button
                        type="button"
                        className="min-h-8 px-4 text-left text-accent text-cap hover:underline"
                        onClick={() => setUnfolded({ ...unfolded, [fold.key]: true })}
                      >
                        {t("timeline.steps.folded", { count: fold.count })}
                      </button>
                    </li>
                  );
                }
                return (
                  <TimelineRowView
                    key={row.key}
                    row={row}
                    title={titleOf(row)}
                    ticks={axis.ticks}
                    columns={COLUMNS}
                    selected={selected}
                    onSelect={onSelect}
                  />
                );
              })}
            </ol>
            <div aria-hidden className={clsx("pointer-events-none absolute inset-0 grid", COLUMNS)}>
              <span className="hidden sm:block" />
              <span className="relative mx-3 sm:mx-0">
                {axis.breaks.map((cut) => (
                  <span
                    key={cut.fromMs}
                    className="absolute inset-y-0 grid place-items-center border-x border-border bg-hatch-quiet"
                    style={{ left: `${cut.left}%`, width: `${cut.width}%` }}
                  >
                    <span className="rounded-sm border border-border bg-surface px-1 text-center text-mini">
                      {t("timeline.break", { duration: formatDuration(cut.toMs - cut.fromMs, locale) })}
                    </span>
                  </span>
                ))}
                {nowAt === null ? null : (
                  <span
                    className="absolute inset-y-0 border-l-[1.5px] border-fg max-sm:hidden"
                    style={{ left: `${nowAt}%` }}
                  />
                )}
              </span>
            </div>
          </div>
        </div>
      )}
      {outlook ? <OutlookSummary outlook={outlook} running={running} /> : null}
    </Panel>
  );
}

/** Which rows are folded, by their keys, and the first of each fold. */
function foldsOf(groups: readonly StepGroup[]) {
  return new Map(
    foldGroups(groups).flatMap((item) =>
      item.type === "group"
        ? []
        : item.groups.map(
            ({ key }) =>
              [key, { key: item.key, first: item.groups[0]?.key, count: item.groups.length }] as const,
          ),
    ),
  );
}

function Legend() {
  const { t } = useT();
  return (
    <span aria-hidden className="flex flex-wrap gap-x-3.5 gap-y-1 text-cap text-fg-2">
      <span className="inline-flex items-center gap-1.5">
        <span className="h-[3px] w-4.5 rounded-full bg-fg-3" />
        {t("timeline.plan")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span className="h-2.5 w-4.5 rounded-[2px] border border-fg-2 border-dashed" />
        {t("timeline.forecast")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span className="h-2 w-4.5 border-fg-3 border-x bg-[linear-gradient(var(--fg-3),var(--fg-3))] bg-[length:100%_1px] bg-center bg-no-repeat" />
        {t("timeline.range")}
      </span>
      {(["done", "running", "waiting", "failed"] as const).map((look) => (
        <span key={look} className="inline-flex items-center gap-1.5">
          <span className={clsx("h-2.5 w-4.5 rounded-[2px]", BAR_CLASS[look])} />
          {t(`timeline.${look}`)}
        </span>
      ))}
    </span>
  );
}
