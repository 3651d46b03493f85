import type { z } from "zod";
import type { NeedKey } from "@/lib/migration/vocabulary/need";
import type { KeptSummary } from "@/lib/plan/kept-summary";
import type { Gauge, MigrationRow } from "@/lib/store/typed-rows";
import type { MemberStage } from "@/lib/wave/member-stage";
import type { WavePart } from "@/lib/wave/wave-rules";

/** What of a step says where its migration stands. */
export interface OpenStep {
  kind: string;
  status: string;
  fileId: string | null;
  progress: z.infer<typeof Gauge> | null;
}

/** A person is needed, and until then nothing goes on: its place is free for others. */
const STOPS: ReadonlySet<NeedKey> = new Set([
  "step_failed",
  "step_unknown",
  "step_held",
  "file_refused",
  "file_unread",
  "target_lost",
  "timeline",
  "drift",
  "source_closed",
]);

/** Where a member stands, from its row, what its list's summary says, and its open steps. */
export function stageOf({
  row,
  kept,
  part,
  steps,
}: {
  row: Pick<MigrationRow, "status" | "onlineAt" | "cutover">;
  kept: Pick<KeptSummary, "status" | "phase" | "needs">;
  part: Pick<WavePart, "restoreHeld">;
  steps: readonly OpenStep[];
}): MemberStage {
  if (row.status === "draft") return "waiting";
  if (row.status === "cancelled" || row.status === "cancelling") return "left_out";
  if (row.onlineAt !== null || kept.phase === "online") return "online";
  if (kept.status === "failed" || kept.status === "unknown") return "stopped";
  const needs = kept.needs?.key ?? null;
  // Of its source somebody is told, and the cutover goes on.
  const goesOn = row.cutover !== null && needs === "drift";
  if (needs !== null && STOPS.has(needs) && !goesOn) return "stopped";
  if (row.cutover !== null) return "cutting_over";
  switch (kept.phase) {
    case "rounds":
      return "rounds";
    case "cutover":
    case "open":
    case "check":
      return "cutting_over";
    default:
      if (steps.some(({ kind }) => kind === "import" || kind === "await_import")) return "restoring";
      return part.restoreHeld && kept.phase === "full" && steps.length === 0 ? "uploaded" : "preparing";
  }
}
