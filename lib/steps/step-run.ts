import type { Ctx, Tx } from "@/lib/context/context";
import type { ReadDb } from "@/lib/context/read-db";
import type { Failure } from "@/lib/contracts/connection";
import type { ProgressView } from "@/lib/contracts/progress-view";
import { criticalPollDelay, pollDelay } from "@/lib/migration/retry-policy";
import type { StepCheckpoint, StepData, StepDefinition, StepResult } from "@/lib/migration/step-definition";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import type { MigrationRows } from "@/lib/store/migration-rows";
import type { FileRow, StepRow } from "@/lib/store/typed-rows";

export interface EngineSettings {
  /** The unit of waiting: first poll after this many milliseconds, at most 15 of it apart. */
  baseMs: number;
  /** How long to go on looking for the effect of a call without an answer before saying that it had none. */
  lookGraceMs: number;
}

/** The columns of a step that every kind reads the same way; those of its own kind are parsed beside them. */
export type StepColumns = Omit<StepRow, keyof StepData<StepDefinition>>;

/** What a runner reads and asks with. It writes by `commit`, `saveCheckpoint` and its outcome only, all under its claim. */
export type StepCtx = Omit<Ctx, "db"> & { db: ReadDb };

/**
 * What a runner gets: one claimed step, its rows as they were at the claim, and ways to make things durable. `checkpoint` is what was
 * saved last, by this run too.
 */
export interface StepRun<D extends StepDefinition = StepDefinition> extends StepData<D> {
  ctx: StepCtx;
  /** For rooms whose writes have fences of their own (once, preflight, drift): handed on to them, never used here. */
  unfenced: Ctx;
  settings: EngineSettings;
  step: StepColumns;
  migration: MigrationRows;
  file: FileRow | null;
  /** The process is to end, or the step is another's: what can go on elsewhere is to be left. */
  signal: AbortSignal;
  /** Later, when it ends: for a call that others would have to look for, while the source stands still. */
  cutOff: AbortSignal;
  /** A gauge, written at most once a second. */
  reportProgress(progress: ProgressView): void;
  /**
   * Commits `write` and the events together, provided that this worker still has the step and nobody cancelled the
   * migration; throws ClaimLostError otherwise.
   */
  commit<T>(write: (tx: Tx) => Promise<T>, events: NewEvent[]): Promise<T>;
  /** Whether this worker still has the step: asked right before a call that can't be taken back. */
  holdsClaim(): Promise<boolean>;
  /** Throws ClaimLostError as `commit` does: who saves before an act does not act without. */
  saveCheckpoint(checkpoint: StepCheckpoint<D>): Promise<void>;
}

export interface Settlement {
  events?: NewEvent[];
  /** Further writes in the settling transaction. Use only `tx`. */
  write?: (tx: Tx) => Promise<void>;
}

interface Wait {
  type: "wait";
  status: "waiting_external" | "waiting_for_backup" | "waiting_for_user" | "retrying" | "running";
  afterMs: number;
  failure?: Failure;
  /** Of `retrying`: how many tries count from here on; absent, all that there were. */
  attempt?: number;
}

/** It can't be told whether a call had its effect: a person decides. */
export type Unknown = Settlement & { type: "unknown"; failure: Failure };

/** Why a step does not go on now, whatever its kind. */
export type Hold = Settlement &
  (Wait | { type: "failed" | "refused"; failure: Failure } | { type: "done"; skipped: true });

export type Outcome<D extends StepDefinition = StepDefinition> = Settlement &
  (
    | { type: "done"; result?: StepResult<D>; skipped?: boolean }
    /** The file does not continue the chain: the round ends, nothing was submitted. */
    | { type: "refused"; failure: Failure; result?: StepResult<D> }
    | (Wait & { checkpoint?: StepCheckpoint<D> })
    | { type: "failed"; failure: Failure; result?: StepResult<D> }
    | Unknown
  );

/** A column that a started migration always has. */
export function required<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) throw new Error(`The migration has no ${name}`);
  return value;
}

/** Milliseconds until the next look at what goes on outside: near while the source stands still for it. */
export function lookAgainMs(run: StepRun): number {
  return (standsStill(run) ? criticalPollDelay : pollDelay)(stepAgeMs(run), run.settings.baseMs);
}

/** Writes to the source are stopped and the target does not take them yet: every second counts. */
export function standsStill({ migration }: Pick<StepRun, "migration">): boolean {
  return migration.writesStoppedAt !== null && migration.onlineAt === null;
}

/** How long the step is under way, milliseconds. */
export function stepAgeMs(run: StepRun): number {
  return ageMsOf(run.step, run.ctx.now());
}

/** The same of a row. */
export function ageMsOf(step: Pick<StepRow, "startedAt" | "createdAt">, now: Date): number {
  return now.getTime() - (step.startedAt ?? step.createdAt).getTime();
}
