import { isOpenStep } from "@/lib/migration/snapshot";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { BarStage } from "@/lib/migration/vocabulary/step-look";
import type { StepGroup } from "./join-groups";
import { buildAxis, type TimeAxis } from "./time-axis";

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

export interface TimelineRow {
  group: StepGroup;
  bars: TimelineBar[];
  /** From the first start to the last end, or to now. Null before anything started. */
  durationMs: number | null;
}

export interface Timeline {
  rows: TimelineRow[];
  axis: TimeAxis;
  /** Where now is, in percent; null when nothing runs. */
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

/**
 * Rows of bars on one time axis, from groups of steps. Pure: `nowMs` is the server's clock; open steps reach to it.
 * Long waits (a restore of hours, a night without backups) are cut out of the axis and marked as breaks.
 */
export function layoutTimeline(groups: readonly StepGroup[], nowMs: number): Timeline {
  const raw = groups.map((group) => ({ group, bars: barsOf(group, nowMs) }));
  const bars = raw.flatMap((row) => row.bars);
  const running = bars.some((bar) => bar.running);
  const axis = buildAxis(
    bars.map((bar) => ({
      fromMs: bar.fromMs,
      toMs: bar.toMs,
      long:
        bar.stage === "import" || bar.stage === "search" || bar.stage === "check" || bar.look === "waiting",
    })),
    running ? nowMs : null,
  );
  const rows = raw.map(({ group, bars: own }) => {
    const from = Math.min(...own.map((bar) => bar.fromMs));
    const to = Math.max(...own.map((bar) => bar.toMs));
    return {
      group,
      bars: own.map((bar) => {
        const left = axis.place(bar.fromMs);
        return { ...bar, left, width: Math.max(0, axis.place(bar.toMs) - left) };
      }),
      durationMs: own.length > 0 ? to - from : null,
    };
  });
  return { rows, axis, now: running ? axis.place(nowMs) : null };
}

function barsOf(group: StepGroup, nowMs: number): TimelineBar[] {
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
