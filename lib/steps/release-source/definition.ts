import { z } from "zod";
import { USER_ACCESSES } from "@/lib/diagnosis/user-access";
import { isEndedByRelease, settlesFirst } from "@/lib/migration/release-rules";
import { isOpenStep, type MigrationSnapshot, type StepSnapshot } from "@/lib/migration/snapshot";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

export const releaseSource = defineStep({
  kind: "release_source",
  nature: "repeatable",
  phase: { open: "cutover", done: "rounds" },
  group: "release_source",
  bar: "backup",
  scope: "migration",
  follows: [],
  begins: ({ migration }) =>
    migration.release !== null && !migration.steps.some((step) => isInItsWay(migration, step))
      ? [{ kind: "release_source", round: null, fileId: null, dueAtMs: null, input: {} }]
      : [],
  input: NO_INPUT,
  checkpoint: z.never(),
  result: z.object({
    /** What the server said at the end; null: there was nothing to give back. */
    access: z.enum(USER_ACCESSES).nullable(),
    recovered: z.boolean(),
    /** Its tail was taken, and by now the source is past it, on a fork of its own. */
    forked: z.boolean().default(false),
  }),
  facts: ({ result }) => (result?.access ? [{ name: "user_access", value: result.access, as: "wire" }] : []),
});

/** One release at a time, and none while an effect of the cutover may still be under way. */
function isInItsWay({ release, files }: MigrationSnapshot, step: StepSnapshot): boolean {
  if (!isOpenStep(step)) return false;
  if (step.kind === "release_source") return true;
  // What has failed, or what nobody can tell, changes nothing by itself any more.
  if (step.status === "failed" || step.status === "unknown") return false;
  const file = files.find(({ id }) => id === step.fileId) ?? null;
  return settlesFirst(step) && isEndedByRelease(release, step, file);
}
