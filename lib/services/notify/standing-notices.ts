import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { Notice } from "@/lib/migration/vocabulary/notice";
import type { Phase } from "@/lib/migration/vocabulary/phase";

/** Two are kept for the cutover: with so many left there is room for two rounds. */
const FEW_IMPORTS = 4;
/** What a plan's own ranges hold is no news. */
const BEHIND_SECONDS = 1_800;

/** While it has imports ahead of it. */
const SPENDING: ReadonlySet<Phase> = new Set(["preflight", "full", "rounds"]);

type Told = Pick<MigrationSummaryView, "forecast" | "importsToday" | "needs" | "phase">;

/** What is told of how a migration stands, whatever brought it there. `behindSeconds` null: it has no plan. */
export function standingNotices(
  { forecast, importsToday, needs, phase }: Told,
  { behindSeconds, nowMs }: { behindSeconds: number | null; nowMs: number },
): Notice[] {
  const readyAt = forecast?.readyAt?.p50;
  const isReady =
    needs?.key === "cutover_ready" ||
    (phase === "rounds" && readyAt !== undefined && Date.parse(readyAt) <= nowMs);
  const notices: [Notice, boolean][] = [
    ["ready", isReady],
    ["budget", SPENDING.has(phase) && importsToday.limit - importsToday.used <= FEW_IMPORTS],
    ["behind", behindSeconds !== null && behindSeconds >= BEHIND_SECONDS],
  ];
  return notices.flatMap(([kind, holds]) => (holds ? [kind] : []));
}
