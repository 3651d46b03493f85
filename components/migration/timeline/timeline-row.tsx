"use client";

import clsx from "clsx";
import { Bytes } from "@/components/locale/bytes";
import { Duration } from "@/components/locale/duration";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { StatusGlyph } from "@/components/status/status-word";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import type { BarStage } from "@/lib/migration/vocabulary/step-look";
import type { BarLook, TimelineBar, TimelineRow } from "./layout-timeline";
import { OutlookMarks } from "./outlook-marks";
import type { AxisTick } from "./time-axis";

/** Bars differ by more than colour: waiting is hatched, failed is striped, unknown is an empty frame. */
export const BAR_CLASS: Record<BarLook, string> = {
  done: "bg-status-success-fill",
  running: "bg-status-info-fill",
  waiting: "border border-status-neutral-fill bg-hatch-quiet",
  failed: "border border-status-danger bg-hatch-danger",
  unknown: "border-2 border-dashed border-status-warning",
};

/** Neighbouring stages of one file are told apart by strength, not by hue. */
const STAGE_CLASS: Record<BarStage, string> = {
  check: "",
  backup: "opacity-65",
  search: "opacity-65",
  upload: "",
  import: "opacity-65",
  open: "",
};

interface TimelineRowViewProps {
  row: TimelineRow;
  title: string;
  ticks: AxisTick[];
  columns: string;
  selected: string | null;
  onSelect: (stepId: string) => void;
}

export function TimelineRowView({ row, title, ticks, columns, selected, onSelect }: TimelineRowViewProps) {
  const { group, bars, durationMs, foreseenMs } = row;
  const { t } = useT();
  const format = useFormat();
  const chosen = group?.steps.some((step) => step.id === selected) ?? false;
  const status =
    group?.status ?? (row.went.length > 0 && row.forecast.length === 0 ? "succeeded" : "pending");
  const bytes = group ? (group.file?.sizeBytes ?? null) : row.foreseenBytes;
  return (
    <li
      className={clsx(
        "grid min-h-8 grid-cols-[minmax(0,1fr)_auto] items-stretch break-inside-avoid hover:bg-surface-2",
        columns,
        chosen && "bg-surface-2 shadow-[inset_2px_0_0_var(--accent)]",
      )}
    >
      <span
        className={clsx(
          "flex min-w-0 items-center gap-2 px-3 pt-1 font-medium text-table sm:px-4 sm:pt-0",
          !group && "text-fg-2",
        )}
      >
        <StatusGlyph status={status} size={15} />
        <span className="truncate" title={title}>
          {title}
        </span>
      </span>
      <span className="relative order-last col-span-2 mx-3 h-6 sm:order-none sm:col-span-1 sm:mx-0 sm:h-auto">
        {ticks.map((tick) => (
          <span
            key={tick.atMs}
            aria-hidden
            className="absolute inset-y-0 w-px bg-border opacity-75"
            style={{ left: `${tick.left}%` }}
          />
        ))}
        <OutlookMarks row={row} />
        {bars.map((bar) => (
          <BarButton
            key={bar.key}
            bar={bar}
            title={title}
            chosen={bar.stepId === selected}
            onSelect={onSelect}
          />
        ))}
      </span>
      <span className="relative hidden self-center px-3 text-right text-table sm:block">
        {group ? bytes === null ? null : <Bytes bytes={bytes} /> : null}
        {!group && bytes ? (
          <span className="whitespace-nowrap text-fg-2">
            {t("timeline.about", { value: format.bytes(bytes) })}
          </span>
        ) : null}
        {bytes && isLog(row) ? <SizeAgainstLimit bytes={bytes} /> : null}
      </span>
      <span className="self-center px-3 pt-1 text-right text-fg-2 text-table max-sm:z-1 sm:px-4 sm:pt-0 sm:text-fg">
        {foreseenMs === null ? (
          <Duration ms={durationMs} />
        ) : (
          <span className="whitespace-nowrap text-fg-2">
            {t("timeline.about", { value: format.duration(foreseenMs) })}
          </span>
        )}
      </span>
    </li>
  );
}

function isLog({ group, title }: TimelineRow): boolean {
  return group ? group.backup === "log" : title === "first_log" || title === "final";
}

/** Twice the limit is the whole width; the tick is the limit. */
function SizeAgainstLimit({ bytes }: { bytes: number }) {
  return (
    <span aria-hidden className="absolute right-3 bottom-[-3px] h-[3px] w-16">
      <span
        className={clsx(
          "absolute inset-y-0 left-0",
          bytes > LAST_LOG_LIMIT_BYTES ? "bg-status-warning-fill" : "bg-fg-3",
        )}
        style={{ width: `${Math.min(100, (50 * bytes) / LAST_LOG_LIMIT_BYTES)}%` }}
      />
      <span className="absolute -inset-y-0.5 left-1/2 w-px bg-fg" />
    </span>
  );
}

/** Percent of the plot's width below which a stage's name does not fit into its bar. */
const LABEL_FROM = 7;

function BarButton(props: {
  bar: TimelineBar;
  title: string;
  chosen: boolean;
  onSelect: (stepId: string) => void;
}) {
  const { bar, title, chosen, onSelect } = props;
  const { t } = useT();
  const format = useFormat();
  const words = t("timeline.bar", {
    stage: `${title}, ${t(`timeline.bar.${bar.stage}`)}`,
    from: format.instant(bar.fromMs, "seconds"),
    to: format.instant(bar.toMs, "seconds"),
    duration: format.duration(bar.toMs - bar.fromMs),
    look: bar.look,
  });
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={words}
      title={words}
      onClick={() => onSelect(bar.stepId)}
      className="absolute inset-y-0 min-w-1 rounded-none"
      style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
    >
      <span
        aria-hidden
        className={clsx(
          "absolute inset-x-0 top-1/2 h-3.5 -translate-y-1/2 rounded-[2px]",
          BAR_CLASS[bar.look],
          bar.look === "done" && STAGE_CLASS[bar.stage],
          chosen && "outline-2 outline-offset-1 outline-ring",
        )}
      />
      {bar.width >= LABEL_FROM ? (
        <span
          aria-hidden
          className={clsx(
            "absolute inset-x-1 top-1/2 -translate-y-1/2 truncate text-left text-mini leading-3.5",
            bar.look === "running" ? "text-on-accent" : "text-fg",
          )}
        >
          {t(`timeline.bar.${bar.stage}`)}
        </span>
      ) : null}
    </button>
  );
}
