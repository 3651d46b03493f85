import { STEP_KINDS, type StepKind } from "@/lib/migration/generated/step-kinds";
import type { StepSnapshot } from "@/lib/migration/snapshot";
import type { StepDefinition } from "@/lib/migration/step-definition";
import type { Status } from "@/lib/migration/vocabulary/status";
import { DEFINITIONS } from "./generated/definitions";

/** All kinds, for folds that look at what every definition has. */
export const STEP_DEFINITIONS: readonly StepDefinition[] = Object.values(DEFINITIONS);

/** The definition of a kind that is only known when it runs. */
export function ofKind(kind: StepKind): StepDefinition {
  return DEFINITIONS[kind];
}

/** Kinds whose definition reads the input, or the result, wherever a migration is judged. */
export const AIMED_KINDS = STEP_KINDS.filter((kind) => ofKind(kind).aim !== undefined);
export const OBJECTING_KINDS = STEP_KINDS.filter((kind) => ofKind(kind).objection !== undefined);

const AT_WORK: ReadonlySet<Status> = new Set(["queued", "running", "waiting_external", "retrying"]);

/** Goes on by itself: no person is asked. */
export function isAtWork(step: Pick<StepSnapshot, "status">): boolean {
  return AT_WORK.has(step.status);
}

/** Waits for people to bring something: no work in hand. */
export function isWaitingForPeople(step: Pick<StepSnapshot, "kind" | "status">): boolean {
  const waits = step.status === "waiting_for_backup" || step.status === "queued";
  return waits && ofKind(step.kind).waitsForPeople === true;
}
