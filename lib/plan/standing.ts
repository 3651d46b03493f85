import { isOpened, lastRound } from "@/lib/migration/next-round";
import { isReleaseStuck } from "@/lib/migration/release-rules";
import {
  isFullImported,
  isOpenStep,
  lastStep,
  type MigrationSnapshot,
  type StepSnapshot,
} from "@/lib/migration/snapshot";
import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";
import type { NeedKey } from "@/lib/migration/vocabulary/need";
import type { Phase } from "@/lib/migration/vocabulary/phase";
import type { Status } from "@/lib/migration/vocabulary/status";
import { phaseOf } from "./phase-of";
import { isWaitingForPeople, ofKind } from "./step-definitions";

export interface Need {
  key: NeedKey;
  params: Record<string, string | number>;
}

export interface Standing {
  status: Status;
  phase: Phase;
  needs: Need | null;
}

/** Status, phase and the thing a person must do next, derived from steps and files: never set by hand. */
export function standingOf(migration: MigrationSnapshot, nowMs: number): Standing {
  const standing = standingOfSteps(migration, nowMs);
  const lost = migration.alarms.find(isTargetDrift);
  const alarm = migration.alarms[0];
  // A failed step or an unclear outcome comes first; everything else is worth less than a chain that somebody broke.
  const first = standing.status === "failed" || standing.status === "unknown";
  const over = standing.phase === "online" || standing.status === "cancelled" || migration.status === "draft";
  if (first || over) return standing;
  // A source that is being given back is worth more than a target that is lost.
  if (lost && migration.release === null) {
    return {
      ...standing,
      status: "waiting_for_user",
      needs: { key: "target_lost", params: { drift: lost } },
    };
  }
  if (migration.unclearTimelines > 0) {
    const needs: Need = { key: "timeline", params: { count: migration.unclearTimelines } };
    return { ...standing, status: "waiting_for_user", needs };
  }
  if (!alarm)
    return standing.needs === null || WITHOUT_HASTE.has(standing.needs.key)
      ? { ...standing, needs: missedNeed(migration) ?? standing.needs }
      : standing;
  return { ...standing, needs: { key: "drift", params: { drift: alarm } } };
}

/** What nobody must do now: a cutover that has missed its time comes before it. */
const WITHOUT_HASTE: ReadonlySet<NeedKey> = new Set(["take_backup", "cutover_ready", "upload_next_file"]);

/** An armed cutover was to begin long ago, and waits for a person. */
function missedNeed({ armed, heldBecause }: MigrationSnapshot): Need | null {
  return armed && heldBecause === "hold_time_passed" ? { key: "hold_missed", params: {} } : null;
}

function standingOfSteps(migration: MigrationSnapshot, nowMs: number): Standing {
  const phase = phaseOf(migration);
  if (phase === "draft") return { status: "draft", phase, needs: { key: "finish_draft", params: {} } };
  if (migration.status === "cancelled") return { status: "cancelled", phase, needs: null };
  if (phase === "online") {
    const bad = migration.steps.some((step) => step.status === "succeeded" && step.held !== null);
    return bad
      ? { status: "failed", phase, needs: { key: "check_failed", params: {} } }
      : { status: "succeeded", phase, needs: null };
  }
  if (migration.release !== null) return standingOfRelease(migration, migration.release, phase);
  const open = migration.steps.filter(isOpenStep);
  const first = deadlineNeed(migration) ?? refusedNeed(migration, open);
  for (const [status, key] of [
    ["unknown", "step_unknown"],
    ["failed", "step_failed"],
  ] as const) {
    const step = open.find((candidate) => candidate.status === status);
    if (step) return { status, phase, needs: { key, params: { kind: step.kind } } };
  }
  const active = leadingStep(open);
  if (active && !isWaitingForPeople(active)) {
    const status = active.status === "queued" ? "running" : active.status;
    return { status, phase, needs: first ?? heldNeed(open) ?? overdueNeed(migration, open, nowMs) };
  }
  if (active?.status === "waiting_for_backup") {
    return { status: active.status, phase, needs: first ?? { key: "upload_next_file", params: {} } };
  }
  if (active) return { status: "running", phase, needs: null };
  if (first) return { status: "waiting_for_user", phase, needs: first };
  if (lastStep(migration.steps) && isFullImported(migration.files)) {
    const small = migration.schedule.mode === "back_to_back";
    return {
      status: "waiting_for_user",
      phase,
      needs: { key: small ? "cutover_ready" : "take_backup", params: {} },
    };
  }
  return { status: "running", phase, needs: null };
}

/** The cutover goes on past its deadline, and a person is to say whether it may. */
function deadlineNeed({ cutover, steps }: MigrationSnapshot): Need | null {
  const deadline = cutover?.deadline ?? null;
  if (deadline?.passed == null || deadline.after !== "ask" || isOpened({ steps })) return null;
  return { key: "deadline_passed", params: { minutes: deadline.minutes } };
}

/** The source is being given back; where the server does not let us, a person is told. */
function standingOfRelease(
  migration: MigrationSnapshot,
  { why }: NonNullable<MigrationSnapshot["release"]>,
  phase: Phase,
): Standing {
  const stuck = isReleaseStuck(migration);
  return {
    status: why === "cancel" ? "cancelling" : stuck ? "waiting_for_user" : "running",
    phase,
    needs: stuck ? { key: "source_closed", params: {} } : null,
  };
}

/** The step that says how it stands: one that asks a person, else what is furthest ahead, else one that waits for a file. */
function leadingStep(open: readonly StepSnapshot[]): StepSnapshot | undefined {
  const busy = open.filter((step) => !isWaitingForPeople(step));
  return busy.find((step) => step.status === "waiting_for_user") ?? busy[0] ?? open[0];
}

/** A refused file that nothing under way can make fit: it was looked at last. */
function refusedNeed(migration: MigrationSnapshot, open: readonly StepSnapshot[]): Need | null {
  const refused = migration.files.filter((file) => file.state === "refused");
  if (refused.length === 0) return null;
  const last = lastRound(migration);
  const waits = open.some((step) => step.status === "waiting_for_backup");
  const looked = last.some(
    (step) => step.aim?.backup === null && step.status === "succeeded" && !step.fileId,
  );
  const stands =
    waits || looked ? refused[0] : refused.find((file) => last.some((step) => step.fileId === file.id));
  return stands ? { key: "file_refused", params: { file: stands.name } } : null;
}

/** Somebody outside said what only a person can answer, or what only a person can mend; it is asked again all the while. */
function heldNeed(open: readonly StepSnapshot[]): Need | null {
  const step = open.find((candidate) => candidate.held !== null);
  if (!step?.held) return null;
  const { reason, params } = step.held;
  if (reason === "file_unread") return { key: "file_unread", params: { ...params, kind: step.kind } };
  return { key: "step_held", params: { ...params, kind: step.kind, reason } };
}

/** Something outside takes longer than its kind says it may. */
function overdueNeed(
  migration: MigrationSnapshot,
  open: readonly StepSnapshot[],
  nowMs: number,
): Need | null {
  for (const { step, sinceMs, limitMs } of limitedWaits(migration, open)) {
    const waitedMs = nowMs - sinceMs;
    if (waitedMs <= limitMs) continue;
    return { key: "step_overdue", params: { kind: step.kind, hours: Math.floor(waitedMs / HOUR_MS) } };
  }
  return null;
}

/** When, milliseconds since 1970, the standing may be another although nothing is written until then; null: never. */
export function standingChangesAtMs(migration: MigrationSnapshot, nowMs: number): number | null {
  const changes = limitedWaits(migration, migration.steps.filter(isOpenStep)).map(({ sinceMs, limitMs }) => {
    const waitedMs = nowMs - sinceMs;
    // It is overdue right behind its limit, and by another hour every hour.
    return waitedMs <= limitMs
      ? sinceMs + limitMs + 1
      : sinceMs + (Math.floor(waitedMs / HOUR_MS) + 1) * HOUR_MS;
  });
  return changes.length === 0 ? null : Math.min(...changes);
}

const HOUR_MS = 3_600_000;

/** Steps that wait for something outside, each with its start and how long its kind may wait. */
function limitedWaits(
  migration: MigrationSnapshot,
  open: readonly StepSnapshot[],
): { step: StepSnapshot; sinceMs: number; limitMs: number }[] {
  return open.flatMap((step) => {
    const { limitMs } = ofKind(step.kind);
    if (step.status !== "waiting_external" || step.startedAtMs === null || limitMs === undefined) return [];
    const file = migration.files.find((candidate) => candidate.id === step.fileId);
    return [{ step, sinceMs: step.startedAtMs, limitMs: limitMs({ sizeBytes: file?.sizeBytes ?? null }) }];
  });
}
