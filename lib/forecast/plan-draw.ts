import type { Dice } from "./dice";
import { drawCost } from "./learned-cost";
import type { PartSpan, PlanInput, PlanPart, PlanRate } from "./plan-input";
import {
  drawSpan,
  MEASURED_GROWTH_SPREAD,
  openPrior,
  PREFLIGHT_PRIOR,
  REPEATED_SPREAD,
  type SpanPrior,
  STOP_WRITES_PRIOR,
  spanOf,
} from "./priors";
import type { RoundKnowledge } from "./round-knowledge";

/** When a part is under way in one draw, milliseconds since 1970. */
interface DrawnSpan {
  startMs: number;
  endMs: number;
}

/** All draws of a part. */
export interface DrawnPart {
  startMs: Float64Array;
  endMs: Float64Array;
  /** Null where nothing is moved, or the size is not known beforehand. */
  bytes: Float64Array | null;
}

/** A row for each way in which it may go. Which parts there are is the same in all. */
export interface DrawnPlans {
  parts: Map<PlanPart, DrawnPart>;
  imports: Float64Array;
  onlineMs: Float64Array;
  /** In so many the log never gets under the limit. */
  overLimit: number;
}

const MOST_ROUNDS = 20;
/** Reading the whole database on RDS; nobody has measured it there. */
const CHECK_BYTES_PER_SECOND = 110_000_000;

/** The rate that a part goes by, of those that move bytes. */
export const RATE_OF: Partial<Record<PlanPart, PlanRate>> = {
  full_backup: "full_backup",
  full_upload: "upload",
  restore: "restore",
  log_backup: "log_backup",
  log_upload: "upload",
  log_import: "log_import",
};

/** So many ways in which it may go. */
export function drawPlans(input: PlanInput, known: RoundKnowledge, dice: Dice, rows: number): DrawnPlans {
  const plans: DrawnPlans = {
    parts: new Map(),
    imports: new Float64Array(rows),
    onlineMs: new Float64Array(rows),
    overLimit: 0,
  };
  for (let row = 0; row < rows; row += 1) new PlanDraw(input, known, dice, plans, row).run();
  return plans;
}

/** One of them. */
class PlanDraw {
  readonly #input: PlanInput;
  readonly #known: RoundKnowledge;
  readonly #dice: Dice;
  readonly #plans: DrawnPlans;
  readonly #row: number;
  #now: number;

  constructor(input: PlanInput, known: RoundKnowledge, dice: Dice, plans: DrawnPlans, row: number) {
    this.#input = input;
    this.#known = known;
    this.#dice = dice;
    this.#plans = plans;
    this.#row = row;
    this.#now = input.startMs;
  }

  run(): void {
    const { databaseBytes, fullBytes, method, writesStop = true, checkMode, openSeconds } = this.#input;
    const { timeFactor = 1 } = this.#input;
    const immediate = method === "immediate";
    this.#pass("preflight", null, () => this.#span(PREFLIGHT_PRIOR));
    if (immediate && writesStop) this.#pass("stop_writes", null, () => this.#span(STOP_WRITES_PRIOR));
    const { startMs: dataFrom } = this.#pass("full_backup", databaseBytes, () =>
      drawCost(this.#known.backup, databaseBytes, this.#dice),
    );
    this.#pass("full_upload", fullBytes, () => drawCost(this.#known.upload, fullBytes, this.#dice));
    this.#pass("restore", databaseBytes, () => drawCost(this.#known.import, databaseBytes, this.#dice));
    const rounds = immediate ? { imports: 0, underLimit: true } : this.#goOn(dataFrom);
    const { endMs: onlineMs } = this.#pass("open", null, () =>
      drawSpan(spanOf(openSeconds, openPrior(checkMode, databaseBytes), timeFactor), this.#dice),
    );
    if (checkMode === "async") {
      this.#pass("check", null, () => this.#around(databaseBytes / CHECK_BYTES_PER_SECOND / timeFactor, 0.5));
    }
    this.#plans.imports[this.#row] = 1 + rounds.imports;
    this.#plans.onlineMs[this.#row] = onlineMs;
    if (!rounds.underLimit) this.#plans.overLimit += 1;
  }

  /** The first log, rounds until a log is small, and the last log with writes stopped. */
  #goOn(dataFrom: number): { imports: number; underLimit: boolean } {
    const begin = this.#beginOf("log_backup");
    const first = this.#grown((begin - dataFrom) / 1_000);
    this.#pass("log_backup", first, () => drawCost(this.#known.backup, first, this.#dice));
    this.#pass("log_upload", first, () => drawCost(this.#known.upload, first, this.#dice));
    const { endMs } = this.#pass("log_import", first, () => drawCost(this.#known.import, first, this.#dice));
    const rounds = this.#rounds(this.#gap() ?? this.#grown((endMs - begin) / 1_000));
    // Where writes stop later than the log is small, rounds go on meanwhile: it stays so.
    this.#pass("stop_writes", null, () => this.#span(STOP_WRITES_PRIOR));
    this.#pass("last_log", rounds.waiting, () => this.#roundSeconds(rounds.waiting));
    return { imports: 2 + rounds.count, underLimit: rounds.waiting <= this.#input.limitBytes };
  }

  /** One after the other until what waits is small. */
  #rounds(bytes: number): { waiting: number; count: number } {
    const met = this.#met("rounds");
    if (met === null || met?.endMs != null) {
      this.#pass("rounds", null, () => 0);
      return { waiting: bytes, count: 0 };
    }
    let waiting = bytes;
    let count = 0;
    const startMs = met?.startMs ?? this.#beginOf("rounds");
    let endMs = Math.max(startMs, this.#beginOf("rounds"));
    while (waiting > this.#input.limitBytes && count < MOST_ROUNDS) {
      const took = this.#roundSeconds(waiting);
      endMs += took * 1_000;
      waiting = this.#grown(took);
      count += 1;
    }
    const fixed = this.#input.seconds.rounds;
    if (fixed !== undefined) endMs = Math.max(this.#earliest(), startMs + fixed * 1_000);
    this.#put("rounds", { startMs, endMs }, null);
    return { waiting, count };
  }

  /** Bytes that wait, where files go in already and the age of what the target holds is known. */
  #gap(): number | null {
    const seconds =
      this.#met("log_import")?.endMs == null ? null : (this.#input.progress?.gapSeconds ?? null);
    return seconds === null ? null : this.#grown(seconds);
  }

  #roundSeconds(bytes: number): number {
    return (
      this.#paced("log_backup", bytes, () => drawCost(this.#known.backup, bytes, this.#dice)) +
      this.#paced("upload", bytes, () => drawCost(this.#known.upload, bytes, this.#dice)) +
      this.#paced("log_import", bytes, () => drawCost(this.#known.import, bytes, this.#dice))
    );
  }

  #grown(seconds: number): number {
    const { rates, measured = {}, rounds = [] } = this.#input;
    const span = Math.max(1, seconds);
    // Logs of this migration say it better than the hours of other days.
    const rate =
      rates.log_growth ?? (rounds.some(({ type }) => type === "log") ? undefined : measured.log_growth);
    if (rate === undefined) return drawCost(this.#known.growth, span, this.#dice);
    return this.#around(
      span * rate,
      rates.log_growth === undefined ? MEASURED_GROWTH_SPREAD : REPEATED_SPREAD,
    );
  }

  /** How long bytes take at a rate that is typed in or was measured, in seconds; else as is believed. */
  #paced(name: PlanRate, bytes: number, believed: () => number): number {
    const { rates, measured = {}, rounds = [] } = this.#input;
    const rate = rates[name] ?? (rounds.length > 0 ? undefined : measured[name]);
    return rate === undefined ? believed() : this.#around(bytes / rate, REPEATED_SPREAD);
  }

  /** A part that begins when the one before has ended, or later where it must; one that has begun goes on from where it is. */
  #pass(part: PlanPart, bytes: number | null, believed: () => number): DrawnSpan {
    const met = this.#met(part);
    const startMs = met?.startMs ?? this.#beginOf(part);
    if (met === null) return { startMs, endMs: startMs };
    if (met?.endMs != null) return this.#put(part, { startMs, endMs: met.endMs }, bytes);
    const rate = RATE_OF[part];
    const seconds =
      this.#input.seconds[part] ??
      (rate === undefined || bytes === null ? believed() : this.#paced(rate, bytes, believed));
    const endMs = Math.max(startMs + seconds * 1_000, this.#earliest());
    return this.#put(part, { startMs, endMs }, bytes);
  }

  #met(part: PlanPart): PartSpan | null | undefined {
    return this.#input.progress?.parts.get(part);
  }

  #put(part: PlanPart, span: DrawnSpan, bytes: number | null): DrawnSpan {
    const column = this.#columnsOf(part, bytes !== null);
    column.startMs[this.#row] = span.startMs;
    column.endMs[this.#row] = span.endMs;
    if (column.bytes && bytes !== null) column.bytes[this.#row] = bytes;
    // The next file may have been taken while the one before was restored.
    this.#now = Math.max(this.#now, span.endMs);
    return span;
  }

  #columnsOf(part: PlanPart, hasBytes: boolean): DrawnPart {
    const before = this.#plans.parts.get(part);
    if (before) return before;
    const rows = this.#plans.imports.length;
    const columns = {
      startMs: new Float64Array(rows),
      endMs: new Float64Array(rows),
      bytes: hasBytes ? new Float64Array(rows) : null,
    };
    this.#plans.parts.set(part, columns);
    return columns;
  }

  #beginOf(part: PlanPart): number {
    return Math.max(this.#now, this.#earliest(), this.#input.notBeforeMs[part] ?? 0);
  }

  /** Nothing of what is ahead is over before now. */
  #earliest(): number {
    return this.#input.progress?.nowMs ?? 0;
  }

  #span({ seconds, spread }: SpanPrior): number {
    return this.#around(seconds / (this.#input.timeFactor ?? 1), spread);
  }

  #around(median: number, spread: number): number {
    return drawSpan({ seconds: median, spread }, this.#dice);
  }
}
