import type { ProbeView } from "@/lib/contracts/migration";

export interface ProbeCounts {
  blocked: number;
  warned: number;
  unknown: number;
  passed: number;
}

/** What is to be done comes first; a warning that somebody took upon themselves comes after what nobody knows. */
function urgency({ verdict, accepted }: ProbeView): number {
  switch (verdict) {
    case "block":
      return 0;
    case "warn":
      return accepted === null ? 1 : 3;
    case "unknown":
      return 2;
    case "pass":
      return 4;
  }
}

/** Blockers, warnings, unknowns, accepted warnings, passed; within each as they came. */
export function orderProbes(probes: readonly ProbeView[]): ProbeView[] {
  return probes.toSorted((a, b) => urgency(a) - urgency(b));
}

export function countProbes(probes: readonly ProbeView[]): ProbeCounts {
  const count = (verdict: ProbeView["verdict"]) => probes.filter((probe) => probe.verdict === verdict).length;
  return { blocked: count("block"), warned: count("warn"), unknown: count("unknown"), passed: count("pass") };
}

/** What a person still has to look at. */
export function countOpen(probes: readonly ProbeView[]): number {
  return probes.filter((probe) => urgency(probe) < 2).length;
}

/** Whether an answer is older than it holds. */
export function isStale({ at, freshMinutes }: ProbeView, nowMs: number): boolean {
  return nowMs - Date.parse(at) > freshMinutes * 60_000;
}
