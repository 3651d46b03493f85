import type { InSpan } from "@/lib/diagnosis/in-span";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { parseStepData, type StepData, type StepDefinition } from "@/lib/migration/step-definition";
import { DEFINITIONS } from "@/lib/plan/generated/definitions";
import type { Outcome, StepRun } from "@/lib/steps/step-run";
import type { StepRow } from "@/lib/store/typed-rows";
import { RUNNERS } from "./generated/runners";

type Base = Omit<StepRun, keyof StepData<StepDefinition>>;

/**
 * Runs a step by its kind's runner, as one span, whose outcome's type is told. Throws ZodError where the row's columns are not what its kind
 * says.
 */
export function runKind(inSpan: InSpan, step: StepRow, base: Base): Promise<Outcome> {
  const { id, kind, key, attempt, migrationId } = step;
  const attributes = {
    "chainferry.migration_id": migrationId,
    "chainferry.step_id": id,
    "chainferry.step_kind": kind,
    "chainferry.step_key": key,
    "chainferry.attempt": attempt,
  };
  return inSpan({ name: `step ${kind}`, kind: "internal", attributes }, async (note) => {
    const outcome = await runRow(kind, step, base);
    note({ "chainferry.outcome": outcome.type });
    return outcome;
  });
}

/** Hands the row to its kind's runner, its columns parsed. */
async function runRow<K extends StepKind>(kind: K, row: StepRow, base: Base): Promise<Outcome> {
  const data = parseStepData<(typeof DEFINITIONS)[K]>(DEFINITIONS[kind], row);
  const run: StepRun<(typeof DEFINITIONS)[K]> = {
    ...base,
    ...data,
    saveCheckpoint: async (checkpoint) => {
      run.checkpoint = checkpoint;
      await base.saveCheckpoint(checkpoint);
    },
  };
  return RUNNERS[kind](run);
}
