import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import type { AdvanceAction } from "@/lib/migration/vocabulary/advance-action";
import type { AllowedAction } from "@/lib/migration/vocabulary/allowed-action";
import type { Condition } from "./cutover-conditions";

export interface Advance {
  /** The control that leads. */
  primary: AdvanceAction | null;
  /** The other things that may be asked for, in order. */
  secondary: AdvanceAction[];
  /** Shown while a cutover lies ahead. */
  conditions: Condition[];
  met: number;
  /** Only soft conditions, if any, are open: a cutover would be accepted. */
  ready: boolean;
}

interface Standing {
  allowed: readonly AllowedAction[];
  conditions: readonly Condition[];
  /** Online is false until the database is. */
  cutover: { online: boolean } | null;
  method: MigrationSnapshot["method"];
  /** It goes on by itself from its start to its end: its cutover is asked for with it. */
  rehearsal: boolean;
}

/** Which control leads on the page, from what may be asked for and what a cutover waits for. */
export function advanceOf(standing: Standing): Advance {
  const { allowed, method, cutover } = standing;
  const conditions = cutover || method === "immediate" ? [] : [...standing.conditions];
  const primary = choosePrimary(standing, conditions);
  return {
    primary,
    secondary: (["cutover", "take_log", "take_differential", "scan_now"] as const).filter(
      (action) => allowed.includes(action) && action !== primary,
    ),
    conditions,
    met: conditions.filter((condition) => condition.state === "met").length,
    ready: conditions.every((condition) => condition.state === "met" || condition.soft),
  };
}

function choosePrimary(
  { allowed, cutover, rehearsal }: Standing,
  conditions: readonly Condition[],
): AdvanceAction | null {
  if (rehearsal) return null;
  if (cutover && !cutover.online) return "show_cutover";
  if (allowed.includes("take_differential") && conditions.some(({ key }) => key === "hole_bridged"))
    return "take_differential";
  const all = conditions.every((condition) => condition.state === "met");
  if (allowed.includes("cutover") && (all || !allowed.includes("take_log"))) return "cutover";
  if (allowed.includes("take_log")) return "take_log";
  return allowed.includes("scan_now") ? "scan_now" : null;
}
