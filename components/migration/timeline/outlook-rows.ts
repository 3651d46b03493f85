import type { OutlookPart, OutlookView } from "@/lib/contracts/outlook";
import type { StepGroup } from "./join-groups";

/** A row of the timeline: steps that ran, are planned, or are foreseen. */
export interface OutlookRow {
  key: string;
  /** Text `timeline.group.<title>`, with `number`. */
  title: string;
  number: number | null;
  /** Null while nothing of it has begun. */
  group: StepGroup | null;
  parts: OutlookPart[];
}

/** Rows of parts whose steps have not begun. */
const ROW_OF: Record<OutlookPart["part"], string> = {
  preflight: "preflight",
  full_backup: "full",
  full_upload: "full",
  restore: "full",
  log_backup: "first_log",
  log_upload: "first_log",
  log_import: "first_log",
  rounds: "rounds",
  stop_writes: "stop_writes",
  last_log: "final",
  open: "open",
  check: "check",
};

/**
 * Groups that have begun in their order, each with the parts of the plan that it is, then what lies ahead. The rounds stand
 * before the cutover, as one row: how many it will take nobody knows.
 */
export function outlookRows(groups: readonly StepGroup[], outlook: OutlookView | undefined): OutlookRow[] {
  const parts = outlook?.parts ?? [];
  const begun = groups.map(
    (group): OutlookRow => ({
      key: group.key,
      title: group.title,
      number: group.number,
      group,
      parts: parts.filter(({ groupKey }) => groupKey === group.key),
    }),
  );
  // The steps of one row may be known before the plan is read again.
  const taken = new Set(begun.map(({ title, parts: own }) => (own.length > 0 ? title : "")));
  const ahead = new Map<string, OutlookRow>();
  for (const part of parts) {
    const title = ROW_OF[part.part];
    if (part.groupKey !== null) continue;
    const own = begun.find((row) => row.title === title && taken.has(title));
    if (own) {
      own.parts.push(part);
      continue;
    }
    const row = ahead.get(title) ?? { key: `ahead:${title}`, title, number: null, group: null, parts: [] };
    row.parts.push(part);
    ahead.set(title, row);
  }
  const rounds = ahead.get("rounds");
  const cutover = begun.findIndex(({ group }) => group !== null && group.kind !== "file" && group.ofCutover);
  if (rounds && cutover >= 0 && !ahead.has("first_log")) {
    ahead.delete("rounds");
    begun.splice(cutover, 0, rounds);
  }
  return [...begun, ...ahead.values()];
}
