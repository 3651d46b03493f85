import type { AftercareView } from "@/lib/contracts/aftercare";
import type { Aftercare } from "@/lib/migration/aftercare";
import { AFTERCARE_STEPS, type AftercareStep } from "@/lib/migration/vocabulary/aftercare";

/** How every step of the aftercare stands, in the order in which they are done. */
export function stepViews(kept: Aftercare): AftercareView["steps"] {
  return AFTERCARE_STEPS.map((step) => stepView(step, kept));
}

/** Newest word of a person, else what was done says it. */
function stepView(step: AftercareStep, kept: Aftercare): AftercareView["steps"][number] {
  const settled = kept.settled.filter((one) => one.step === step).at(-1);
  if (settled && settled.state !== "open") {
    const { state, by, at, note } = settled;
    return { step, state, by, at, note };
  }
  const done = doneByItself(step, kept);
  return { step, state: done ? "done" : "open", by: done?.by ?? null, at: done?.at ?? null, note: "" };
}

function doneByItself(step: AftercareStep, kept: Aftercare): { by: string; at: string } | null {
  if (step === "row_counts" && kept.counts && kept.counts.equal === kept.counts.tables) return kept.counts;
  if (step === "first_backup" && kept.backup?.ok) return kept.backup;
  if (step === "revert_window" && kept.revert?.endedAt)
    return { by: kept.revert.by, at: kept.revert.endedAt };
  return null;
}
