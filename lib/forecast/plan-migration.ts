import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import type { MigrationMethod } from "@/lib/migration/vocabulary/method";
import { type Dice, seededDice } from "./dice";
import { drawCost } from "./learned-cost";
import type { Range } from "./measured-round";
import {
  drawSpan,
  openPrior,
  PREFLIGHT_PRIOR,
  REPEATED_SPREAD,
  type SpanPrior,
  STOP_WRITES_PRIOR,
} from "./priors";
import { rangeOf } from "./quantiles";
import { learnRounds, type RoundKnowledge } from "./round-knowledge";

/** What a migration goes through, in order. With Immediate Access only some of it. */
export const PLAN_PARTS = [
  "preflight",
  "full_backup",
  "full_upload",
  "restore",
  "log_backup",
  "log_upload",
  "log_import",
  "rounds",
  "stop_writes",
  "last_log",
  "open",
  "check",
] as const;

export type PlanPart = (typeof PLAN_PARTS)[number];

/** Rates that a person may know better, in bytes a second. */
export const PLAN_RATES = [
  "full_backup",
  "upload",
  "restore",
  "log_backup",
  "log_import",
  "log_growth",
] as const;

export type PlanRate = (typeof PLAN_RATES)[number];

export interface PlanInput {
  /** When the migration is started, milliseconds since 1970. */
  startMs: number;
  method: MigrationMethod;
  checkMode: CheckMode;
  /** What the database holds: read by the backup, written by the restore. */
  databaseBytes: number;
  /** The file of the full backup, which is uploaded. */
  fullBytes: number;
  /** Above this a log is not the last one. */
  limitBytes: number;
  /** Typed in, bytes a second; what is absent is a prior. */
  rates: Partial<Record<PlanRate, number | undefined>>;
  /** Parts whose length is known, in seconds. */
  seconds: Partial<Record<PlanPart, number>>;
  /** Parts that do not begin before an instant: somebody has to be there, a line is free at night. */
  notBeforeMs: Partial<Record<PlanPart, number>>;
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor?: number;
}

export interface PlannedPart {
  part: PlanPart;
  startMs: Range;
  endMs: Range;
  /** Of this part alone. */
  seconds: Range;
  /** Null where nothing is moved, or the size is not known beforehand. */
  bytes: Range | null;
  /** The database can be written nowhere meanwhile. */
  downtime: boolean;
  basis: "typed" | "prior";
}

export interface MigrationPlan {
  parts: PlannedPart[];
  /** When writes stop. */
  cutoverMs: Range;
  onlineMs: Range;
  /** From the stop of writes to the database online. */
  downtimeSeconds: Range;
  /** Files that RDS is asked to import. */
  imports: Range;
  /** False: in more than one case of ten the log never gets under the limit within `MOST_ROUNDS`. */
  getsUnderLimit: boolean;
}

interface DrawnPart {
  startMs: number;
  endMs: number;
  bytes: number | null;
}

interface DrawnPlan {
  parts: Map<PlanPart, DrawnPart>;
  imports: number;
  underLimit: boolean;
}

const DRAWS = 400;
const MOST_ROUNDS = 20;
/** Reading the whole database on RDS; nobody has measured it there. */
const CHECK_BYTES_PER_SECOND = 110_000_000;

const RATE_OF: Partial<Record<PlanPart, PlanRate>> = {
  full_backup: "full_backup",
  full_upload: "upload",
  restore: "restore",
  log_backup: "log_backup",
  log_upload: "upload",
  log_import: "log_import",
};

/**
 * When each part of a migration begins and ends, before any of it has run: the same models as the forecast of a cutover,
 * from what is believed beforehand or typed in. A part begins when the one before it has ended, so the whiskers of later
 * parts carry the delays of earlier ones. The same input gives the same plan.
 */
export function planMigration(input: PlanInput): MigrationPlan {
  const known = learnRounds([], input.timeFactor ?? 1).at(-1);
  if (known === undefined) throw new RangeError("nothing is known, not even before the first round");
  const dice = seededDice(5);
  const draws = Array.from({ length: DRAWS }, () => new PlanDraw(input, known, dice).run());
  const partsOf = (part: PlanPart) => draws.flatMap((draw) => draw.parts.get(part) ?? []);
  const parts = PLAN_PARTS.flatMap((part): PlannedPart[] => {
    const drawn = partsOf(part);
    if (drawn.length === 0) return [];
    const bytes = drawn.flatMap((each) => each.bytes ?? []);
    return [
      {
        part,
        startMs: rangeOf(drawn.map((each) => each.startMs)),
        endMs: rangeOf(drawn.map((each) => each.endMs)),
        seconds: rangeOf(drawn.map((each) => (each.endMs - each.startMs) / 1_000)),
        bytes: bytes.length === 0 ? null : rangeOf(bytes),
        downtime: isDowntime(input.method, part),
        basis: isTyped(input, part) ? "typed" : "prior",
      },
    ];
  });
  // With Immediate Access writes stop before the full backup.
  parts.sort((one, other) => one.startMs.p50 - other.startMs.p50);
  const [stops, onlines] = [partsOf("stop_writes"), partsOf("open")];
  return {
    parts,
    cutoverMs: rangeOf(stops.map(({ startMs }) => startMs)),
    onlineMs: rangeOf(onlines.map(({ endMs }) => endMs)),
    downtimeSeconds: rangeOf(
      onlines.map(({ endMs }, index) => (endMs - (stops[index]?.startMs ?? endMs)) / 1_000),
    ),
    imports: rangeOf(draws.map((draw) => draw.imports)),
    getsUnderLimit: draws.filter((draw) => !draw.underLimit).length <= DRAWS / 10,
  };
}

/**
 * When to start so that writes stop at `cutoverMs`: `likely` meets it five times of ten, `safe` nine times. A part that
 * does not begin before an instant can make both the same; a start that is past is for the caller to see.
 */
export function startForCutover(input: PlanInput, cutoverMs: number): { likely: number; safe: number } {
  const { cutoverMs: at } = planMigration({ ...input, notBeforeMs: {} });
  return { likely: cutoverMs - (at.p50 - input.startMs), safe: cutoverMs - (at.p90 - input.startMs) };
}

/** One way in which it may go. */
class PlanDraw {
  readonly #input: PlanInput;
  readonly #known: RoundKnowledge;
  readonly #dice: Dice;
  readonly #parts = new Map<PlanPart, DrawnPart>();
  #now: number;

  constructor(input: PlanInput, known: RoundKnowledge, dice: Dice) {
    this.#input = input;
    this.#known = known;
    this.#dice = dice;
    this.#now = input.startMs;
  }

  run(): DrawnPlan {
    const { databaseBytes, fullBytes, method, checkMode, timeFactor = 1 } = this.#input;
    const immediate = method === "immediate";
    this.#pass("preflight", null, () => this.#span(PREFLIGHT_PRIOR));
    if (immediate) this.#pass("stop_writes", null, () => this.#span(STOP_WRITES_PRIOR));
    const { startMs: dataFrom } = this.#pass("full_backup", databaseBytes, () =>
      drawCost(this.#known.backup, databaseBytes, this.#dice),
    );
    this.#pass("full_upload", fullBytes, () => drawCost(this.#known.upload, fullBytes, this.#dice));
    this.#pass("restore", databaseBytes, () => drawCost(this.#known.import, databaseBytes, this.#dice));
    const rounds = immediate ? { imports: 0, underLimit: true } : this.#goOn(dataFrom);
    this.#pass("open", null, () => this.#span(openPrior(checkMode, databaseBytes)));
    if (checkMode === "async") {
      this.#pass("check", null, () => this.#around(databaseBytes / CHECK_BYTES_PER_SECOND / timeFactor, 0.5));
    }
    return { parts: this.#parts, imports: 1 + rounds.imports, underLimit: rounds.underLimit };
  }

  /** The first log, rounds until a log is small, and the last log with writes stopped. */
  #goOn(dataFrom: number): { imports: number; underLimit: boolean } {
    const begin = this.#beginOf("log_backup");
    const first = this.#grown((begin - dataFrom) / 1_000);
    this.#pass("log_backup", first, () => drawCost(this.#known.backup, first, this.#dice));
    this.#pass("log_upload", first, () => drawCost(this.#known.upload, first, this.#dice));
    const { endMs } = this.#pass("log_import", first, () => drawCost(this.#known.import, first, this.#dice));
    let waiting = this.#grown((endMs - begin) / 1_000);
    let rounds = 0;
    const roundsFrom = this.#beginOf("rounds");
    let now = roundsFrom;
    while (waiting > this.#input.limitBytes && rounds < MOST_ROUNDS) {
      const took = this.#roundSeconds(waiting);
      now += took * 1_000;
      waiting = this.#grown(took);
      rounds += 1;
    }
    const fixed = this.#input.seconds.rounds;
    if (fixed !== undefined) now = roundsFrom + fixed * 1_000;
    this.#put("rounds", { startMs: roundsFrom, endMs: now, bytes: null });
    // Where writes stop later than the log is small, rounds go on meanwhile: it stays so.
    this.#pass("stop_writes", null, () => this.#span(STOP_WRITES_PRIOR));
    this.#pass("last_log", waiting, () => this.#roundSeconds(waiting));
    return { imports: 2 + rounds, underLimit: waiting <= this.#input.limitBytes };
  }

  #roundSeconds(bytes: number): number {
    const { rates } = this.#input;
    const part = (rate: number | undefined, cost: () => number) =>
      rate === undefined ? cost() : this.#around(bytes / rate, REPEATED_SPREAD);
    return (
      part(rates.log_backup, () => drawCost(this.#known.backup, bytes, this.#dice)) +
      part(rates.upload, () => drawCost(this.#known.upload, bytes, this.#dice)) +
      part(rates.log_import, () => drawCost(this.#known.import, bytes, this.#dice))
    );
  }

  #grown(seconds: number): number {
    const { log_growth: rate } = this.#input.rates;
    const span = Math.max(1, seconds);
    return rate === undefined
      ? drawCost(this.#known.growth, span, this.#dice)
      : this.#around(span * rate, REPEATED_SPREAD);
  }

  /** A part that begins when the one before has ended, or later where it must. */
  #pass(part: PlanPart, bytes: number | null, believed: () => number): DrawnPart {
    const startMs = this.#beginOf(part);
    const typed = this.#input.seconds[part];
    const rate = RATE_OF[part] && this.#input.rates[RATE_OF[part]];
    const seconds =
      typed ??
      (rate === undefined || bytes === null ? believed() : this.#around(bytes / rate, REPEATED_SPREAD));
    return this.#put(part, { startMs, endMs: startMs + seconds * 1_000, bytes });
  }

  #put(part: PlanPart, drawn: DrawnPart): DrawnPart {
    this.#parts.set(part, drawn);
    this.#now = drawn.endMs;
    return drawn;
  }

  #beginOf(part: PlanPart): number {
    return Math.max(this.#now, this.#input.notBeforeMs[part] ?? 0);
  }

  #span({ seconds, spread }: SpanPrior): number {
    return this.#around(seconds / (this.#input.timeFactor ?? 1), spread);
  }

  #around(median: number, spread: number): number {
    return drawSpan({ seconds: median, spread }, this.#dice);
  }
}

function isDowntime(method: MigrationMethod, part: PlanPart): boolean {
  if (part === "preflight" || part === "check") return false;
  return method === "immediate" || part === "stop_writes" || part === "last_log" || part === "open";
}

function isTyped({ rates, seconds }: PlanInput, part: PlanPart): boolean {
  const rate = RATE_OF[part];
  return seconds[part] !== undefined || (rate !== undefined && rates[rate] !== undefined);
}
