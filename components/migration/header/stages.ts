import type { MigrationView, StepView } from "@/lib/contracts/migration";
import type { Phase } from "@/lib/migration/vocabulary/phase";
import type { Status } from "@/lib/migration/vocabulary/status";

export interface Stage {
  phase: Phase;
  status: Status;
  current: boolean;
  /** How long it took, once it is over. */
  tookMs: number | null;
}

const WAY: Record<"access_pending" | "immediate", Phase[]> = {
  access_pending: ["preflight", "full", "rounds", "cutover", "open", "check", "online"],
  immediate: ["preflight", "full", "check", "online"],
};

/** The stages of this migration's method, each with its status; those behind are done, those ahead not begun. */
export function stagesOf(
  view: Pick<MigrationView, "method" | "phase" | "status" | "steps" | "files">,
): Stage[] {
  const way = WAY[view.method ?? "access_pending"];
  const now = way.indexOf(view.phase);
  return way.map((phase, index) => {
    const over = index < now || (phase === "online" && view.phase === "online");
    const current = index === now;
    const status: Status = over ? "succeeded" : current ? view.status : "pending";
    return { phase, status, current, tookMs: over ? tookMs(phase, view.steps, view.files) : null };
  });
}

function tookMs(phase: Phase, steps: StepView[], files: MigrationView["files"]): number | null {
  const full = new Set(files.filter((file) => file.type === "full").map((file) => file.id));
  const final = new Set(files.filter((file) => file.final).map((file) => file.id));
  const has = (set: Set<string>, step: StepView) => step.fileId !== null && set.has(step.fileId);
  const of: Record<Phase, (step: StepView) => boolean> = {
    draft: () => false,
    preflight: (step) => step.kind === "preflight",
    full: (step) => has(full, step),
    rounds: () => false,
    cutover: (step) => step.kind === "stop_writes" || has(final, step),
    open: (step) => step.kind === "open" || step.kind === "await_open",
    check: (step) => step.kind === "await_check",
    online: () => false,
  };
  const own = steps.filter((step) => of[phase](step) && step.status === "succeeded");
  const starts = own.flatMap((step) => (step.startedAt ? [Date.parse(step.startedAt)] : []));
  const ends = own.flatMap((step) => (step.finishedAt ? [Date.parse(step.finishedAt)] : []));
  return starts.length > 0 && ends.length > 0 ? Math.max(...ends) - Math.min(...starts) : null;
}
