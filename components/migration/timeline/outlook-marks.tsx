"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { TimelineMark, TimelineRow } from "./layout-timeline";

/** Under and behind a row's bars: the plan as a thin line, the forecast as a dashed frame with its range. */
export function OutlookMarks({ row }: { row: TimelineRow }) {
  const { t } = useT();
  const format = useFormat();
  const span = (name: "planned" | "foreseen", { fromMs, toMs, latestMs }: TimelineMark) =>
    t(`timeline.${name}`, {
      from: format.instant(fromMs),
      to: format.instant(toMs),
      latest: format.instant(latestMs),
    });
  return (
    <>
      {row.went.map((mark) => (
        <span
          key={`went:${mark.part}`}
          aria-hidden
          className="absolute top-1/2 h-1.5 min-w-0.5 -translate-y-1/2 rounded-[2px] bg-status-success-fill opacity-65"
          style={{ left: `${mark.left}%`, width: `${mark.width}%` }}
        />
      ))}
      {row.forecast.map((mark) => (
        <span key={`forecast:${mark.part}`}>
          <span
            role="img"
            aria-label={span("foreseen", mark)}
            title={span("foreseen", mark)}
            className={clsx(
              "absolute top-1/2 h-3.5 min-w-1 -translate-y-1/2 rounded-[2px] border border-fg-2 border-dashed",
              row.bars.length > 0 && "opacity-70",
            )}
            style={{ left: `${mark.left}%`, width: `${mark.width}%` }}
          />
          {mark.whisker > mark.left + mark.width ? (
            <span
              aria-hidden
              className="absolute top-1/2 h-2 -translate-y-1/2 border-fg-3 border-r bg-[linear-gradient(var(--fg-3),var(--fg-3))] bg-[length:100%_1px] bg-center bg-no-repeat"
              style={{
                left: `${mark.left + mark.width}%`,
                width: `${mark.whisker - mark.left - mark.width}%`,
              }}
            />
          ) : null}
        </span>
      ))}
      {row.plan.map((mark) => (
        <span
          key={`plan:${mark.part}`}
          role="img"
          aria-label={span("planned", mark)}
          title={span("planned", mark)}
          className="absolute bottom-0.5 h-[3px] min-w-0.5 rounded-full bg-fg-3"
          style={{ left: `${mark.left}%`, width: `${mark.width}%` }}
        />
      ))}
    </>
  );
}
