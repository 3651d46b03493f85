import type { PlanView } from "@/lib/contracts/plan";

export interface PlanBar {
  /** Percent of the width. */
  left: number;
  width: number;
  /** Where nine of ten have ended. */
  whisker: number;
}

/** Parts shorter than this share of the longest would not be seen. */
const THINNEST = 0.04;

/**
 * One bar a part, side by side in order. Long parts are drawn shorter than they are (by the square root of their
 * length): beside a restore of 19 hours the minutes of a cutover would not be seen.
 */
export function layoutPlan(parts: PlanView["parts"]): PlanBar[] {
  const longest = Math.max(1, ...parts.map(({ seconds }) => seconds.p50));
  const share = (seconds: number) => Math.max(THINNEST, Math.sqrt(seconds / longest));
  const edges = [0];
  for (const { seconds } of parts)
    edges.push((edges.at(-1) ?? 0) + (seconds.p50 > 0 ? share(seconds.p50) : 0));
  const total = edges.at(-1) || 1;
  // Room for the last whisker.
  const scale = 88 / total;
  return parts.map(({ seconds }, index) => {
    const [from = 0, to = 0] = [edges[index], edges[index + 1]];
    const longer = seconds.p50 > 0 ? share(seconds.p90) - share(seconds.p50) : 0;
    return {
      left: from * scale,
      width: (to - from) * scale,
      whisker: Math.min(100, (to + Math.max(0, longer)) * scale),
    };
  });
}
