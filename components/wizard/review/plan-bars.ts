import { buildAxis, type TimeAxis } from "@/components/migration/timeline/time-axis";
import type { PlanView } from "@/lib/contracts/plan";

export interface PlanBar {
  /** Percent of the width. */
  left: number;
  width: number;
  /** Where nine of ten have ended, of this part alone. */
  whisker: number;
}

/** Parts that only wait for RDS: their hours may be cut out of the axis. */
const LONG_PARTS: ReadonlySet<PlanView["parts"][number]["part"]> = new Set(["restore", "check"]);

/** Percent of the column's width that a label with its day takes. */
const LABEL_ROOM = 22;

/** One bar a part, on one axis of time that cuts out the hours in which only RDS works. */
export function layoutPlan(parts: PlanView["parts"]): { bars: PlanBar[]; axis: TimeAxis } {
  const spans = parts.map(({ part, startAt, endAt, seconds }) => {
    const fromMs = Date.parse(startAt.p50);
    return {
      fromMs,
      toMs: Math.max(fromMs, Date.parse(endAt.p50)),
      latestMs: fromMs + seconds.p90 * 1_000,
      long: LONG_PARTS.has(part),
    };
  });
  // Room for the last whisker; that of a long part may reach beyond all that follows it, and is cut off at the edge.
  const last = spans.at(-1);
  const room = last && !last.long ? [{ fromMs: last.toMs, toMs: last.latestMs, long: false }] : [];
  const axis = buildAxis([...spans, ...room], null, LABEL_ROOM);
  const bars = spans.map(({ fromMs, toMs, latestMs }) => {
    const left = axis.place(fromMs);
    const width = axis.place(toMs) - left;
    return { left, width, whisker: Math.max(left + width, axis.place(latestMs)) };
  });
  return { bars, axis };
}
