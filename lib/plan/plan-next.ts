import type { Prospect } from "@/lib/migration/next-round";
import { isEndedByRelease } from "@/lib/migration/release-rules";
import {
  isOpenStep,
  lastStep,
  type MigrationSnapshot,
  nextRound,
  type PlannedStep,
  type StepSnapshot,
} from "@/lib/migration/snapshot";
import type { Follows } from "@/lib/migration/step-definition";
import { heldByHook } from "./held-by-hook";
import { isHeldByWave } from "./held-by-wave";
import { isAtWork, ofKind, STEP_DEFINITIONS } from "./step-definitions";
import { type InstancePace, timeAhead, UNKNOWN_PACE } from "./take-ahead";

/**
 * What comes next, from what has happened: pure, so that planning again after a crash gives the same answer. A fold over
 * the definitions of steps: what follows the steps that are done, as far as its lane is free, and what begins by itself.
 * Empty when a person must ask for the next round, or when all is done.
 */
export function planNext(
  migration: MigrationSnapshot,
  nowMs: number,
  pace: InstancePace = UNKNOWN_PACE,
): PlannedStep[] {
  if (migration.status === "draft" || migration.status === "cancelled" || migration.status === "succeeded")
    return [];
  const followers = followersOf(migration);
  const ready = followers.filter((planned) => isItsTurn(planned, followers, migration.steps));
  const prospect = prospectOf(migration, nowMs, { pace });
  const begun = STEP_DEFINITIONS.flatMap((definition) => definition.begins?.(prospect) ?? []);
  return [...ready, ...begun].flatMap((planned) => {
    if (isHeldByWave(planned, migration)) return [];
    const held = heldByHook(planned, migration);
    return held === null ? [] : precededBy(held, migration);
  });
}

/** What is to come right before the step comes first, and again when anything was done since. */
function precededBy(planned: PlannedStep, migration: MigrationSnapshot): PlannedStep[] {
  const before = STEP_DEFINITIONS.find(({ precedes }) => precedes === planned.kind);
  const last = lastStep(migration.steps);
  if (!before || (last?.kind === before.kind && last.status === "succeeded")) return [planned];
  if (migration.steps.some((step) => step.kind === before.kind && isOpenStep(step))) return [];
  const { kind } = before;
  return precededBy({ kind, round: null, fileId: null, dueAtMs: null, input: {} }, migration);
}

/** What a step that follows no other decides by. `except`: as if those steps were taken back. */
export function prospectOf(
  migration: MigrationSnapshot,
  nowMs: number,
  {
    except = () => false,
    pace = UNKNOWN_PACE,
  }: { except?: (step: StepSnapshot) => boolean; pace?: InstancePace } = {},
): Prospect {
  const open = migration.steps.filter((step) => isOpenStep(step) && !except(step));
  const settled = followersOf(migration).length === 0;
  return {
    migration,
    nowMs,
    idle: settled && open.length === 0,
    free: settled && open.every((step) => ofKind(step.kind).letsNextPrepare === true && isAtWork(step)),
    round: nextRound(migration.steps),
    timeAhead: (backup) => timeAhead(migration, backup, pace),
  };
}

/** Steps that follow one that is done and are not there yet, whether or not it is their turn. */
function followersOf(migration: MigrationSnapshot): PlannedStep[] {
  const { steps } = migration;
  const inRound = new Set(steps.map((step) => `${step.kind}:${step.round}`));
  const newest = new Map<string, number>();
  for (const { kind, ordinal } of steps) newest.set(kind, Math.max(newest.get(kind) ?? 0, ordinal));
  const followers: PlannedStep[] = [];
  for (const definition of STEP_DEFINITIONS) {
    const { kind } = definition;
    for (const step of steps) {
      // First what is told fastest: of the pairs of kind and step, which are thousands, hardly any is one.
      const edge = step.status === "succeeded" && definition.follows.find(({ after }) => after === step.kind);
      if (!edge) continue;
      const there =
        definition.scope === "round"
          ? inRound.has(`${kind}:${step.round}`)
          : (newest.get(kind) ?? 0) > step.ordinal;
      if (there || !doesFollow(edge, step, migration)) continue;
      const { round, fileId } = definition.scope === "round" ? step : { round: null, fileId: null };
      // What follows two steps that are both done comes once.
      if (followers.some((one) => one.kind === kind && one.round === round)) continue;
      const planned: PlannedStep = { kind, round, fileId, dueAtMs: null, input: {} };
      if (!isEnded(planned, migration)) followers.push(planned);
    }
  }
  return followers;
}

/** The source is being given back, and this would only have led away from it. */
function isEnded({ kind, round, fileId }: PlannedStep, { release, files }: MigrationSnapshot): boolean {
  const file = files.find((candidate) => candidate.id === fileId) ?? null;
  return isEndedByRelease(release, { kind, round, aim: null }, file);
}

function doesFollow({ when }: Follows, step: StepSnapshot, migration: MigrationSnapshot): boolean {
  if (when === undefined) return true;
  const file = migration.files.find((candidate) => candidate.id === step.fileId) ?? null;
  return when({ migration, file });
}

/** In a lane one step is open at a time, and none before those of all earlier rounds have ended. */
function isItsTurn(
  planned: PlannedStep,
  followers: readonly PlannedStep[],
  steps: readonly StepSnapshot[],
): boolean {
  const { lane } = ofKind(planned.kind);
  if (lane === undefined) return true;
  const open = steps.filter(isOpenStep);
  if (open.some((step) => ofKind(step.kind).lane === lane)) return false;
  const isEarlier = ({ round }: { round: number | null }) =>
    round !== null && planned.round !== null && round < planned.round;
  return !open.some(isEarlier) && !followers.some(isEarlier);
}
