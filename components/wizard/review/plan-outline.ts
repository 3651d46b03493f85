import type { MigrationDraft } from "@/lib/contracts/migration";

export type PlanStep =
  | "preflight"
  | "full"
  | "fullFound"
  | "fullFolder"
  | "fullDropped"
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
  const taken = draft.backupBy === "app" && draft.firstObjectKey === null;
  const full: PlanItem = taken
    ? { step: "full", who: "app", downtime: immediate }
    : { ...foundFull(draft), downtime: immediate };
  const uploads = draft.transport !== "bucket_watch" && draft.firstObjectKey === null;
  const plan: PlanItem[] = [{ step: "preflight", who: "app", downtime: false }, full];
  if (uploads)
    plan.push({ step: "upload", who: draft.transport === "browser" ? "you" : "app", downtime: immediate });
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

function foundFull(
  draft: Pick<MigrationDraft, "transport" | "firstObjectKey">,
): Pick<PlanItem, "step" | "who"> {
  if (draft.firstObjectKey !== null) return { step: "fullFound", who: "app" };
  switch (draft.transport) {
    case "shared_folder":
      return { step: "fullFolder", who: "others" };
    case "browser":
      return { step: "fullDropped", who: "you" };
    case "bucket_watch":
      return { step: "fullFound", who: "others" };
  }
}
