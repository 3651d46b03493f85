import type { ConditionView, MigrationView } from "@/lib/contracts/migration";

export type PrimaryAction = "take_log" | "cutover" | "scan_now" | "show_cutover" | null;

export interface AdvanceState {
  primary: PrimaryAction;
  /** The other things that may be asked for, in order. */
  secondary: ("take_log" | "take_differential" | "scan_now" | "cutover")[];
  /** Conditions are shown while a cutover lies ahead. */
  conditions: ConditionView[];
  met: number;
  /** Only soft conditions, if any, are open: a cutover would be accepted. */
  ready: boolean;
}

/** Which control leads, from what the server allows: the control never decides by itself. */
export function advanceState(
  view: Pick<MigrationView, "allowed" | "conditions" | "cutover" | "method">,
): AdvanceState {
  const allowed = new Set<string>(view.allowed);
  const conditions = view.cutover || view.method === "immediate" ? [] : view.conditions;
  const met = conditions.filter((condition) => condition.state === "met").length;
  const ready = conditions.every((condition) => condition.state === "met" || condition.soft);
  const primary = choosePrimary(view, allowed, conditions);
  const rest = (["cutover", "take_log", "take_differential", "scan_now"] as const).filter(
    (action) => allowed.has(action) && action !== primary,
  );
  return { primary, secondary: rest, conditions, met, ready };
}

function choosePrimary(
  view: Pick<MigrationView, "cutover">,
  allowed: ReadonlySet<string>,
  conditions: readonly ConditionView[],
): PrimaryAction {
  if (view.cutover && view.cutover.onlineAt === null) return "show_cutover";
  const small = conditions.every((condition) => condition.state === "met");
  if (allowed.has("cutover") && (small || !allowed.has("take_log"))) return "cutover";
  if (allowed.has("take_log")) return "take_log";
  if (allowed.has("scan_now")) return "scan_now";
  return null;
}
