import type { MigrationDraft } from "@/lib/contracts/migration";

export type PlanStep =
  | "preflight"
  | "full"
  | "fullFound"
  | "fullFolder"
  | "upload"
  | "import"
  | "rounds"
  | "stop"
  | "tail"
  | "open"
  | "openImmediate";

export interface PlanItem {
  step: PlanStep;
  who: "app" | "rds" | "you" | "others";
  /** The database can be written nowhere meanwhile. */
  downtime: boolean;
}

/**
 * What will happen, in order. With Immediate Access whatever is written after the full backup is lost, so downtime
 * begins with it; with Access Pending it begins when writes stop.
 */
export function planOutline(
  draft: Pick<MigrationDraft, "method" | "transport" | "backupBy" | "firstObjectKey">,
): PlanItem[] {
  const immediate = draft.method === "immediate";
  const fromFolder = draft.transport === "shared_folder";
  const taken = draft.backupBy === "app" && draft.firstObjectKey === null;
  const found = draft.firstObjectKey !== null || !fromFolder ? "fullFound" : "fullFolder";
  const full: PlanItem = taken
    ? { step: "full", who: "app", downtime: immediate }
    : { step: found, who: draft.firstObjectKey === null ? "others" : "app", downtime: immediate };
  const uploads = fromFolder && draft.firstObjectKey === null;
  const plan: PlanItem[] = [{ step: "preflight", who: "app", downtime: false }, full];
  if (uploads) plan.push({ step: "upload", who: "app", downtime: immediate });
  plan.push({ step: "import", who: "rds", downtime: immediate });
  if (immediate) return [...plan, { step: "openImmediate", who: "rds", downtime: true }];
  return [
    ...plan,
    { step: "rounds", who: draft.backupBy, downtime: false },
    { step: "stop", who: "you", downtime: true },
    { step: "tail", who: draft.backupBy, downtime: true },
    { step: "open", who: "rds", downtime: true },
  ];
}
