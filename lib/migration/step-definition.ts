import { z } from "zod";
import type { StepKind } from "./generated/step-kinds";
import type { Prospect } from "./next-round";
import type { FileSnapshot, MigrationSnapshot, PlannedStep, StepAim, StepHeld } from "./snapshot";
import type { HookGate } from "./vocabulary/hook-moment";
import type { Phase } from "./vocabulary/phase";
import type { BarStage, FactLook } from "./vocabulary/step-look";
import type { StepNature } from "./vocabulary/step-nature";

/** A step after which another comes for the same file, or for the same migration. */
export interface Follows {
  after: StepKind;
  /** Only then; absent: always. `file` is that of the step before. */
  when?: (facts: { migration: MigrationSnapshot; file: FileSnapshot | null }) => boolean;
}

/** One thing that a step knows and a person may want to read. */
export interface StepFact {
  /** Text `timeline.detail.<name>`; where it has none, the name itself as it is on the wire. */
  name: string;
  value: string | number | boolean;
  as: FactLook;
}

type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
/** What a step's columns hold. */
export interface StepJson {
  readonly [key: string]: JsonValue;
}

/** What is known of a step so far, parsed. */
export interface StepKnown<Input, Checkpoint, Result> {
  input: Input;
  checkpoint: Checkpoint | null;
  result: Result | null;
}

/**
 * Everything that is known of a kind of step but how it is done. Pure data and rules, safe for the browser; the runner
 * beside it does the work. Planning, standing, stages and timeline groups are folds over all definitions: a new kind is
 * a new folder, and no step before it changes.
 */
export interface StepDefinition<
  Kind extends StepKind = StepKind,
  Input extends z.ZodType<StepJson> = z.ZodType<StepJson>,
  Checkpoint extends z.ZodType<StepJson> = z.ZodType<StepJson>,
  Result extends z.ZodType<StepJson> = z.ZodType<StepJson>,
> {
  kind: Kind;
  /** What a crash in the middle means: docs/adr/0005-step-natures.md. */
  nature: StepNature;
  /** Where the migration stands while the step is open, and after it. `by_file`: where its file has its place. */
  phase: "by_file" | { open: Phase; done: Phase };
  /** Group of the timeline, text `timeline.group.<name>`. Steps of `file` are grouped by round, others with neighbours. */
  group: string;
  bar: BarStage;
  /** `round`: once for each file. `migration`: once, and again after going back. */
  scope: "round" | "migration";
  /** Of steps that share a lane one is open at a time, in the order of the rounds. */
  lane?: "imports";
  /** While only such steps are open, the next file may be taken, uploaded and read. */
  letsNextPrepare?: true;
  /** Waits for people to bring something: nothing is in hand while it waits. */
  waitsForPeople?: true;
  /** Comes by itself after these; what comes without a step before it says `begins`. */
  follows: readonly Follows[];
  /** Comes right before this one, each time that it would begin: so the other kind knows nothing of it. */
  precedes?: StepKind;
  /** Steps to add now that follow no other; pure. */
  begins?: (prospect: Prospect) => PlannedStep[];
  /** Milliseconds that it may wait for something outside before somebody is told. Absent: it never waits outside. */
  limitMs?: (file: { sizeBytes: number | null }) => number;
  /** Parameters, fixed when the step is planned. */
  input: Input;
  /** `z.never()` where a kind has none, as for the next. */
  checkpoint: Checkpoint;
  result: Result;
  aim?(input: z.output<Input>): StepAim;
  /** Of a call of a hook: what it is to let begin. */
  gate?(input: z.output<Input>): HookGate;
  /** Why the migration is not well although the step is done, as in `error.<reason>`; null: it is. */
  objection?(result: z.output<Result>): StepHeld | null;
  facts?(known: StepKnown<z.output<Input>, z.output<Checkpoint>, z.output<Result>>): StepFact[];
}

/** Checks a definition and keeps its exact type: its runner gets its own input, checkpoint and result. */
export function defineStep<
  const Kind extends StepKind,
  Input extends z.ZodType<StepJson>,
  Checkpoint extends z.ZodType<StepJson>,
  Result extends z.ZodType<StepJson>,
>(
  definition: StepDefinition<Kind, Input, Checkpoint, Result>,
): StepDefinition<Kind, Input, Checkpoint, Result> {
  return definition;
}

export type StepInput<D extends StepDefinition> = z.output<D["input"]>;
export type StepCheckpoint<D extends StepDefinition> = z.output<D["checkpoint"]>;
export type StepResult<D extends StepDefinition> = z.output<D["result"]>;

/** The three JSON columns of a step's row, parsed by its kind's schemas. */
export interface StepData<D extends StepDefinition> {
  input: StepInput<D>;
  checkpoint: StepCheckpoint<D> | null;
  result: StepResult<D> | null;
}

interface StepColumns {
  input: unknown;
  checkpoint: unknown;
  result: unknown;
}

/**
 * Parses a row for who acts on it. Throws ZodError when a column is not what the kind's schema says: a checkpoint that
 * can't be read must not be taken for none.
 */
export function parseStepData<D extends StepDefinition>(definition: D, row: StepColumns): StepData<D> {
  const orNull = <T extends z.ZodType>(schema: T, value: unknown) =>
    value === null ? null : z.parse(schema, value);
  return {
    input: z.parse<D["input"]>(definition.input, row.input),
    checkpoint: orNull<D["checkpoint"]>(definition.checkpoint, row.checkpoint),
    result: orNull<D["result"]>(definition.result, row.result),
  };
}

/** Parses a row for who only shows it: what can't be read is null, and the page is drawn without it. */
export function peekStepData<D extends StepDefinition>(
  definition: D,
  row: StepColumns,
): StepKnown<StepInput<D> | null, StepCheckpoint<D>, StepResult<D>> {
  return {
    input: z.safeParse<D["input"]>(definition.input, row.input).data ?? null,
    checkpoint: z.safeParse<D["checkpoint"]>(definition.checkpoint, row.checkpoint).data ?? null,
    result: z.safeParse<D["result"]>(definition.result, row.result).data ?? null,
  };
}

/** Input of a kind that needs none. */
export const NO_INPUT = z.object({});
