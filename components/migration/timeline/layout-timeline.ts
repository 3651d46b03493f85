import type { OutlookPart, OutlookView } from "@/lib/contracts/outlook";
import { isOpenStep } from "@/lib/migration/snapshot";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { BarStage } from "@/lib/migration/vocabulary/step-look";
import type { StepGroup } from "./join-groups";
import { type OutlookRow, outlookRows } from "./outlook-rows";
import { type AxisSpan, buildAxis, type TimeAxis } from "./time-axis";
import { type TimelineZoom, zoomWindow } from "./timeline-zoom";

export type BarLook = "done" | "running" | "waiting" | "failed" | "unknown";

export interface TimelineBar {
  key: string;
  stage: BarStage;
  look: BarLook;
  /** The step that the bar selects: its last one. */
  stepId: string;
  fromMs: number;
  toMs: number;
  running: boolean;
  /** Percent of the plot's width. */
  left: number;
  width: number;
}

/** What was planned or is foreseen of one part. */
export interface TimelineMark {
  part: OutlookPart["part"];
  fromMs: number;
  toMs: number;
  /** Nine times of ten it is over by then. */
  latestMs: number;
  /** Percent of the plot's width. */
  left: number;
  width: number;
  whisker: number;
}

export interface TimelineRow extends OutlookRow {
  bars: TimelineBar[];
  /** How it went, of what has no steps of its own. */
  went: TimelineMark[];
  plan: TimelineMark[];
  forecast: TimelineMark[];
  /** From the first start to the last end, or to now. Null before anything started. */
  durationMs: number | null;
  /** Of what has not begun: as it is foreseen; null where nothing is. */
  foreseenMs: number | null;
  foreseenBytes: number | null;
}

export interface Timeline {
  rows: TimelineRow[];
  axis: TimeAxis;
  /** Where now is, in percent; null when nothing runs, or when it is outside of what is shown. */
  now: number | null;
}

const LOOK_OF: Record<Status, BarLook> = {
  draft: "waiting",
  pending: "waiting",
  queued: "waiting",
  running: "running",
  waiting_external: "running",
  waiting_for_backup: "waiting",
  waiting_for_user: "waiting",
  retrying: "running",
  succeeded: "done",
  failed: "failed",
  refused: "waiting",
  cancelling: "waiting",
  cancelled: "waiting",
  skipped: "done",
  unknown: "unknown",
};

/** Parts that only wait for RDS: their hours may be cut out of the axis. */
const LONG_PARTS: ReadonlySet<OutlookPart["part"]> = new Set(["restore", "check"]);

interface Outlook {
  outlook?: OutlookView | undefined;
  zoom?: TimelineZoom;
}

/**
 * Rows of bars on one time axis, from groups of steps and what is planned and foreseen. Pure: `nowMs` is the server's clock;
 * open steps reach to it. Long waits (a restore of hours, a night without backups) are cut out of the axis and marked as breaks.
 */
export function layoutTimeline(
  groups: readonly StepGroup[],
  nowMs: number,
  { outlook, zoom = "fit" }: Outlook = {},
): Timeline {
  const raw = outlookRows(groups, outlook).map((row) => ({
    row,
    bars: barsOf(row, nowMs),
    went: wentOf(row, nowMs),
    plan: row.parts.flatMap((part) => markOf(part, part.plan)),
    forecast: row.parts.flatMap((part) => markOf(part, part.forecast)),
  }));
  const bars = raw.flatMap((row) => row.bars);
  const running = bars.some((bar) => bar.running);
  const marks = raw.flatMap(({ plan, forecast, went }) => [...plan, ...forecast, ...went]);
  const shown = zoomWindow(outlook, zoom);
  const spans: AxisSpan[] = [
    ...bars.map(({ fromMs, toMs, stage, look }) => ({
      fromMs,
      toMs,
      long: stage === "import" || stage === "search" || stage === "check" || look === "waiting",
    })),
    ...marks.map(({ part, fromMs, toMs }) => ({ fromMs, toMs, long: LONG_PARTS.has(part) })),
  ];
  const within = shown
    ? spans.flatMap(({ fromMs, toMs, long }) =>
        toMs < shown.fromMs || fromMs > shown.toMs
          ? []
          : [{ fromMs: Math.max(fromMs, shown.fromMs), toMs: Math.min(toMs, shown.toMs), long }],
      )
    : spans;
  const isNowShown = running && (!shown || (nowMs >= shown.fromMs && nowMs <= shown.toMs));
  const axis = buildAxis(within, isNowShown ? nowMs : null);
  const place = <S extends { fromMs: number; toMs: number }>(
    span: S,
  ): S & { left: number; width: number } => {
    const left = axis.place(span.fromMs);
    return { ...span, left, width: Math.max(0, axis.place(span.toMs) - left) };
  };
  // What only touches the edge of a window would be drawn as a sliver.
  const isShown = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    shown === null || (toMs > shown.fromMs && fromMs < shown.toMs);
  const placeMarks = (own: readonly TimelineMark[]) =>
    own.filter(isShown).map((mark) => ({ ...place(mark), whisker: axis.place(mark.latestMs) }));
  const rows = raw.map(({ row, bars: own, went, plan, forecast }): TimelineRow => {
    const isAhead = own.length === 0 && forecast.length > 0;
    const begun = [...own, ...went];
    return {
      ...row,
      bars: own.filter(isShown).map(place),
      went: placeMarks(went),
      plan: placeMarks(plan),
      forecast: placeMarks(forecast),
      durationMs: begun.length > 0 ? lastEnd(begun) - firstStart(begun) : null,
      foreseenMs: isAhead ? lastEnd(forecast) - firstStart(forecast) : null,
      foreseenBytes: isAhead ? (row.parts.find(({ bytes }) => bytes !== null)?.bytes ?? null) : null,
    };
  });
  return { rows, axis, now: isNowShown ? axis.place(nowMs) : null };
}

function firstStart(spans: readonly { fromMs: number }[]): number {
  return Math.min(...spans.map(({ fromMs }) => fromMs));
}

function lastEnd(spans: readonly { toMs: number }[]): number {
  return Math.max(...spans.map(({ toMs }) => toMs));
}

function markOf({ part }: OutlookPart, foreseen: OutlookPart["plan"]): TimelineMark[] {
  if (foreseen === null) return [];
  const [fromMs, toMs] = [Date.parse(foreseen.startAt.p50), Date.parse(foreseen.endAt.p50)];
  // The delays of what is before it are told there: a whisker is this part alone.
  const late = Date.parse(foreseen.endAt.p90) - Date.parse(foreseen.startAt.p90);
  const latestMs = Math.max(toMs, fromMs + late);
  return toMs > fromMs ? [{ part, fromMs, toMs, latestMs, left: 0, width: 0, whisker: 0 }] : [];
}

/** How parts went that have no steps of their own: the rounds, whose files have rows each. */
function wentOf({ group, parts }: OutlookRow, nowMs: number): TimelineMark[] {
  if (group !== null) return [];
  return parts.flatMap(({ part, actual }) => {
    if (actual === null) return [];
    const toMs = actual.endAt === null ? nowMs : Date.parse(actual.endAt);
    return [
      { part, fromMs: Date.parse(actual.startAt), toMs, latestMs: toMs, left: 0, width: 0, whisker: 0 },
    ];
  });
}

function barsOf({ group }: OutlookRow, nowMs: number): TimelineBar[] {
  if (group === null) return [];
  const bars: TimelineBar[] = [];
  for (const step of group.steps) {
    if (step.startedAt === null) continue;
    const fromMs = Date.parse(step.startedAt);
    const running = step.finishedAt === null && isOpenStep(step) && step.status !== "failed";
    const toMs = Math.max(fromMs, step.finishedAt === null ? nowMs : Date.parse(step.finishedAt));
    const stage = step.bar;
    const look = LOOK_OF[step.status];
    const before = bars.at(-1);
    if (before && before.stage === stage && !before.running) {
      before.toMs = toMs;
      before.look = look;
      before.running = running;
      before.stepId = step.id;
      continue;
    }
    bars.push({
      key: `${group.key}/${step.id}`,
      stage,
      look,
      stepId: step.id,
      fromMs,
      toMs,
      running,
      left: 0,
      width: 0,
    });
  }
  return bars;
}
