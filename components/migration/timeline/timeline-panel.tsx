"use client";

import clsx from "clsx";
import { useMemo, useState } from "react";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { useNow } from "@/components/locale/use-now";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format/format-duration";
import { formatInstant } from "@/lib/format/format-instant";
import { foldGroups } from "./fold-groups";
import type { StepGroup } from "./join-groups";
import { layoutTimeline } from "./layout-timeline";
import { BAR_CLASS, TimelineRowView } from "./timeline-row";

interface TimelinePanelProps {
  groups: StepGroup[];
  /** Whether anything may still move. */
  running: boolean;
  selected: string | null;
  onSelect: (stepId: string) => void;
  titleOf: (group: StepGroup) => string;
}

const COLUMNS = "sm:grid-cols-[180px_minmax(0,1fr)_84px_104px]";
const DAY_MS = 86_400_000;

/** What ran when, on one axis. The step list below says the same in words. */
export function TimelinePanel({ groups, running, selected, onSelect, titleOf }: TimelinePanelProps) {
  const { t } = useT();
  const locale = useLocale();
  const now = useNow(running);
  const { rows, axis, now: nowAt } = useMemo(() => layoutTimeline(groups, now), [groups, now]);
  const [unfolded, setUnfolded] = useState<Record<string, boolean>>({});
  const drawn = new Map(rows.filter((row) => row.bars.length > 0).map((row) => [row.group.key, row]));
  const rowOf = (group: StepGroup) => {
    const row = drawn.get(group.key);
    return row ? (
      <TimelineRowView
        key={group.key}
        row={row}
        title={titleOf(group)}
        ticks={axis.ticks}
        columns={COLUMNS}
        selected={selected}
        onSelect={onSelect}
      />
    ) : null;
  };
  const days = axis.toMs - axis.fromMs > DAY_MS;
  const tickStyle = axis.tickMs < 60_000 ? "seconds" : days && axis.tickMs >= DAY_MS / 4 ? "short" : "time";
  return (
    <Panel title={t("timeline.title")} actions={<Legend />}>
      {drawn.size === 0 ? (
        <p className="px-4 py-6 text-fg-2 text-table">{t("timeline.empty")}</p>
      ) : (
        <div className="relative overflow-hidden">
          <div aria-hidden className={clsx("grid h-9 border-b border-border text-cap text-fg-2", COLUMNS)}>
            <span className="hidden self-end px-4 pb-1 sm:block">{t("timeline.step")}</span>
            <span className="relative mx-3 sm:mx-0">
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
                  {formatInstant(tick.atMs, locale, tickStyle)}
                </span>
              ))}
            </span>
            <span className="hidden self-end px-3 pb-1 text-right sm:block">{t("timeline.size")}</span>
            <span className="hidden self-end px-4 pb-1 text-right sm:block">{t("timeline.duration")}</span>
          </div>
          <div className="relative">
            <ol aria-label={t("timeline.label")}>
              {foldGroups(groups).map((item) => {
                if (item.type === "group") return rowOf(item.group);
                if (unfolded[item.key]) return item.groups.map(rowOf);
                return (
                  <li key={item.key} className="relative z-1 border-b border-border">
                    <button
                      type="button"
                      className="min-h-8 px-4 text-left text-accent text-cap hover:underline"
                      onClick={() => setUnfolded({ ...unfolded, [item.key]: true })}
                    >
                      {t("timeline.steps.folded", { count: item.groups.length })}
                    </button>
                  </li>
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
    </Panel>
  );
}

function Legend() {
  const { t } = useT();
  return (
    <span aria-hidden className="hidden gap-3.5 text-cap text-fg-2 sm:flex">
      {(["done", "running", "waiting", "failed"] as const).map((look) => (
        <span key={look} className="inline-flex items-center gap-1.5">
          <span className={clsx("h-2.5 w-4.5 rounded-[2px]", BAR_CLASS[look])} />
          {t(`timeline.${look}`)}
        </span>
      ))}
    </span>
  );
}
