import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { Notice } from "@/lib/migration/vocabulary/notice";
import type { Phase } from "@/lib/migration/vocabulary/phase";

/** Two are kept for the cutover: with so many left there is room for two rounds. */
const FEW_IMPORTS = 4;
/** What a plan's own ranges hold is no news. */
const BEHIND_SECONDS = 1_800;

/** Plans that are looked at in one look: each is a forecast of its own, and what is half an hour late need not be known within a minute. */
const PLANS_AT_A_LOOK = 100;
const LOOK_MS = 60_000;

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

/** Whose plan, of so many in their order, is looked at now: everybody's, or a share of many, another with each minute. */
export function turnOf(count: number, nowMs: number): (index: number) => boolean {
  const turns = Math.max(1, Math.ceil(count / PLANS_AT_A_LOOK));
  const turn = Math.floor(nowMs / LOOK_MS) % turns;
  return (index) => index % turns === turn;
}
