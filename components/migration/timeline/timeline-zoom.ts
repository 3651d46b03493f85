import type { OutlookPart, OutlookView } from "@/lib/contracts/outlook";

/** What of the timeline is looked at: all of it, what follows the restored full, or the downtime. */
export const TIMELINE_ZOOMS = ["fit", "rounds", "cutover"] as const;
export type TimelineZoom = (typeof TIMELINE_ZOOMS)[number];

const EDGES: Record<
  Exclude<TimelineZoom, "fit">,
  readonly [from: OutlookPart["part"][], to: OutlookPart["part"][]]
> = {
  rounds: [
    ["log_backup", "rounds", "stop_writes", "last_log"],
    ["rounds", "log_import"],
  ],
  cutover: [["stop_writes", "last_log", "open"], ["open"]],
};

/** From when to when it reaches, milliseconds since 1970: plan, actual and forecast. Null: everything is shown. */
export function zoomWindow(
  outlook: OutlookView | undefined,
  zoom: TimelineZoom,
): { fromMs: number; toMs: number } | null {
  if (zoom === "fit" || outlook === undefined) return null;
  const [first, last] = EDGES[zoom];
  const starts = outlook.parts
    .filter(({ part }) => first.includes(part))
    .flatMap(({ plan, actual, forecast }) => [actual?.startAt ?? forecast?.startAt.p50, plan?.startAt.p50]);
  const ends = outlook.parts
    .filter(({ part }) => last.includes(part))
    .flatMap(({ plan, actual, forecast }) => [actual?.endAt ?? forecast?.endAt.p50, plan?.endAt.p50]);
  const msOf = (instants: (string | null | undefined)[]) =>
    instants.flatMap((at) => (at ? Date.parse(at) : []));
  const [fromMs, toMs] = [Math.min(...msOf(starts)), Math.max(...msOf(ends))];
  if (!(toMs > fromMs)) return null;
  return { fromMs, toMs };
}
