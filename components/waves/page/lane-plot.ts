import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";

/** Percent of the plot's width. */
export interface Bar {
  kind: "done" | "running" | "held" | "foreseen" | "cutover" | "whisker";
  left: number;
  width: number;
}

/** From when to when the lanes are drawn, milliseconds since 1970. */
export interface Scale {
  fromMs: number;
  toMs: number;
}

const LEAST_SPAN_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Whether a time of day alone would not say which day it is of. */
export function spansDays({ fromMs, toMs }: Scale): boolean {
  return toMs - fromMs > DAY_MS;
}

/** From the start of the wave, or now, to what is foreseen last or the end of the window. */
export function scaleOf(wave: WaveView, nowMs: number): Scale {
  const starts = wave.members.flatMap(({ migration }) => migration.startedAt ?? []).map(Date.parse);
  const ends = [
    ...wave.members.flatMap(({ onlineAt, foreseen }) => [onlineAt, foreseen.online?.p90 ?? null]),
    wave.cutover?.window?.closesAt ?? null,
  ].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
  const begun = wave.startedAt === null ? [] : [Date.parse(wave.startedAt)];
  const fromMs = Math.min(nowMs, ...starts, ...begun);
  const isOver = wave.status === "over";
  const toMs = Math.max(fromMs + LEAST_SPAN_MS, ...ends, ...(isOver ? [] : [nowMs]));
  return { fromMs, toMs: toMs + (toMs - fromMs) * 0.02 };
}

/** Where an instant lies, percent; outside it lies at the edge. */
export function placeOf({ fromMs, toMs }: Scale, ms: number): number {
  return Math.min(100, Math.max(0, ((ms - fromMs) / (toMs - fromMs)) * 100));
}

/** The bars of one lane: what is done, what is foreseen, its cutover and how late that may be. */
export function barsOf(member: WaveMemberView, scale: Scale, nowMs: number): Bar[] {
  const bars: Bar[] = [];
  const add = (kind: Bar["kind"], fromMs: number, toMs: number) => {
    const left = placeOf(scale, fromMs);
    bars.push({ kind, left, width: Math.max(0.3, placeOf(scale, toMs) - left) });
  };
  const at = (instant: string | null | undefined) => (instant == null ? null : Date.parse(instant));
  const { foreseen, onlineAt, stoppedAt, stage, migration } = member;
  const started = at(migration.startedAt);
  const ended =
    at(onlineAt) ?? (stage === "stopped" || stage === "left_out" ? at(migration.finishedAt) : null);
  if (started !== null) {
    const until = at(stoppedAt) ?? ended ?? nowMs;
    const isRestored = ["rounds", "cutting_over", "online"].includes(stage);
    add(isRestored ? "done" : stage === "stopped" ? "held" : "running", started, Math.max(started, until));
  }
  const begins = at(foreseen.start?.p50) ?? (started === null ? null : nowMs);
  const ready = at(foreseen.ready?.p50);
  if (begins !== null && ready !== null && ready > begins && stage !== "online")
    add("foreseen", begins, ready);
  const stops = at(stoppedAt) ?? at(foreseen.cutover?.p50);
  const online = at(onlineAt) ?? at(foreseen.online?.p50);
  if (stops !== null && online !== null) {
    add("cutover", stops, online);
    const late = at(foreseen.online?.p90);
    if (late !== null && late > online) add("whisker", online, late);
  }
  return bars;
}

/** Instants to write on the axis: at most `most`, at round distances. */
export function ticksOf({ fromMs, toMs }: Scale, most: number): number[] {
  const minute = 60_000;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880].map((step) => step * minute);
  const step = steps.find((one) => (toMs - fromMs) / one <= most) ?? toMs - fromMs;
  const ticks: number[] = [];
  for (let ms = Math.ceil(fromMs / step) * step; ms <= toMs; ms += step) ticks.push(ms);
  return ticks;
}
