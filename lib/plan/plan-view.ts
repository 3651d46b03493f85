import type { PlanView } from "@/lib/contracts/plan";
import { mapRange } from "@/lib/forecast/measured-round";
import type { PlanInput } from "@/lib/forecast/plan-input";
import type { MigrationPlan } from "@/lib/forecast/plan-migration";

/** A plan as it is told and kept: instants in UTC. */
export function toPlanView(
  plan: MigrationPlan,
  { startMs, timeFactor = 1 }: Pick<PlanInput, "startMs" | "timeFactor">,
  wanted: PlanView["wanted"],
): PlanView {
  return {
    startAt: instant(startMs),
    wanted,
    parts: plan.parts.map(({ startMs: from, endMs, ...part }) => ({
      ...part,
      startAt: mapRange(from, instant),
      endAt: mapRange(endMs, instant),
    })),
    cutoverAt: mapRange(plan.cutoverMs, instant),
    onlineAt: mapRange(plan.onlineMs, instant),
    downtimeSeconds: plan.downtimeSeconds,
    losesWrites: plan.losesWrites,
    imports: plan.imports,
    getsUnderLimit: plan.getsUnderLimit,
    timeFactor,
  };
}

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
