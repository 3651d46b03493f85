import type { MigrationAction, MigrationView } from "@/lib/contracts/migration";

/** How often somebody tries one migration's steps again before the source is given back. */
const PATIENCE = 6;

export type Wish = { ends: true } | { ends: false; action: MigrationAction | null };

const WAIT: Wish = { ends: false, action: null };
const END: Wish = { ends: true };

/**
 * What a person who wants this migration online asks for next: one log after the full, then the cutover; what failed again,
 * what nobody can tell by the truth of `wasAccepted`. `tries`: how often this was tried again before.
 */
export function nextWish(
  view: MigrationView,
  tries: number,
  wasAccepted: (objectKey: string) => string | null,
): Wish {
  if (view.status === "succeeded" || view.status === "cancelled") return END;
  const unknown = view.steps.find(({ status }) => status === "unknown");
  if (unknown) return act(resolved(view, unknown, wasAccepted));
  const failed = view.steps.find(({ status }) => status === "failed");
  if (failed && tries < PATIENCE) return act({ type: "retry_step", stepId: failed.id });
  if (failed) return view.allowed.includes("go_back") ? act({ type: "go_back" }) : END;
  const refused = view.files.find(({ state }) => state === "refused");
  if (refused) return act({ type: "skip_file", fileId: refused.id });
  if (view.status !== "waiting_for_user") return WAIT;
  // A log that leaves a gap was left out, and so is every other after it: a differential goes over the gap.
  const isBroken = view.files.some(({ type, state }) => type === "log" && state === "skipped");
  const isBridged = view.files.some(({ type, state }) => type === "differential" && state !== "skipped");
  if (isBroken && !isBridged && view.allowed.includes("take_differential"))
    return act({ type: "take_backup", backup: "differential" });
  const logs = view.files.filter(({ type, state }) => type === "log" && state === "imported").length;
  if (logs === 0 && view.allowed.includes("take_log")) return act({ type: "take_backup", backup: "log" });
  if (!view.allowed.includes("cutover")) return WAIT;
  const confirmName = view.target.database ?? "";
  return act({ type: "cutover", stopWrites: "restricted_user", checkMode: "async", confirmName });
}

function act(action: MigrationAction): Wish {
  return { ends: false, action };
}

function resolved(
  view: MigrationView,
  step: MigrationView["steps"][number],
  wasAccepted: (objectKey: string) => string | null,
): MigrationAction {
  const key = view.files.find(({ id }) => id === step.fileId)?.objectKey ?? "";
  const rdsTaskId = step.kind === "import" ? wasAccepted(key) : view.rdsTaskId;
  const happened = step.kind === "import" ? rdsTaskId !== null : false;
  return {
    type: "resolve_unknown",
    stepId: step.id,
    outcome: happened ? "happened" : "did_not_happen",
    rdsTaskId,
  };
}
