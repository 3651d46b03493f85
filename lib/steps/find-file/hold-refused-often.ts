import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { MigrationRows } from "@/lib/store/migration-rows";
import type { FileRow } from "@/lib/store/typed-rows";
import type { Hold, StepRun } from "../step-run";

/** So often a file may be taken up and refused by a later check before anybody asks why. */
const OFTEN = 3;
const FIRST_WAIT_BASES = 30;
const LONGEST_WAIT_BASES = 1800;

/**
 * A file that the choice takes up and a check refuses, again and again, would be uploaded for ever: from the third time on it
 * rests, each time for longer, and a person is told. Null: take it up. Whatever differs between the two judges, no turn is
 * without a wait.
 */
export function holdRefusedOften(
  {
    ctx,
    migration,
    settings,
  }: Pick<StepRun, "ctx" | "settings"> & { migration: Pick<MigrationRows, "steps"> },
  file: Pick<FileRow, "id" | "name">,
): Extract<Hold, { type: "wait" }> | null {
  const refusals = migration.steps.filter((step) => step.fileId === file.id && step.status === "refused");
  const times = refusals.length;
  if (times < OFTEN) return null;
  const restMs = settings.baseMs * Math.min(LONGEST_WAIT_BASES, FIRST_WAIT_BASES * 2 ** (times - OFTEN));
  const newest = Math.max(...refusals.map(({ finishedAt }) => finishedAt?.getTime() ?? 0));
  const leftMs = newest + restMs - ctx.now().getTime();
  if (leftMs <= 0) return null;
  const failure = ruleFailure("file_refused_often", { file: file.name, times });
  return {
    type: "wait",
    status: "waiting_for_user",
    afterMs: Math.min(leftMs, settings.baseMs * 10),
    failure,
  };
}
