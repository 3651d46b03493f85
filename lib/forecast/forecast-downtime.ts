import { ByRounds } from "./by-rounds";
import { calibrateRange } from "./calibrate-range";
import { type Dice, seededDice } from "./dice";
import { type BasisSentence, forecastBasis } from "./forecast-basis";
import { drawCost } from "./learned-cost";
import { type ForecastInput, type MeasuredRound, mapRange, type Range } from "./measured-round";
import { drawSpan, openPrior, STOP_WRITES_PRIOR, spanOf } from "./priors";
import { rangeOf } from "./quantiles";
import { secondsUntilReady } from "./ready-at";
import { drawRoundSeconds, learnRounds, newestOf, type RoundKnowledge } from "./round-knowledge";

export interface Forecast {
  /** From the stop of writes to the database online, were it cut over now. */
  downtimeSeconds: Range;
  /** The log that would be taken then. */
  nextLogBytes: Range;
  /** When the next log falls under the limit, milliseconds since 1970; null when never, or when it can't be told. */
  readyAtMs: Range | null;
  basis: BasisSentence[];
}

const DRAWS = 1_000;
/** Older rounds say nothing of tonight, and what is learned of each costs time. */
export const NEWEST_ROUNDS = 30;
/** The server's figure of the log to be backed up, against the file's size. */
const GAP_SPREAD = 0.04;

/**
 * What a cutover now would cost. Each part is a fixed cost and bytes by a rate, learned from the rounds so far over what
 * is believed beforehand; the range is that of many cutovers drawn from what remains uncertain: the curves, the log's
 * size, and how unpunctual the services were. The same input gives the same forecast.
 */
export function forecastDowntime(input: ForecastInput): Forecast {
  const { rehearsal, gapBytes, timeFactor = 1 } = input;
  const { known, widen } = learnOnce(input.rounds, timeFactor, gapBytes !== null);
  const full = input.rounds.findLast(({ type }) => type === "full");
  const stop = spanOf(rehearsal?.stopWritesSeconds, STOP_WRITES_PRIOR, timeFactor);
  const open = spanOf(rehearsal?.openSeconds, openPrior(input.checkMode, full?.bytes ?? 0), timeFactor);
  const dice = seededDice(1);
  const seconds = new Float64Array(DRAWS);
  const bytes = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const stopSeconds = drawSpan(stop, dice);
    const nextLog = drawNextLog(known, input, stopSeconds, dice);
    bytes[draw] = nextLog;
    seconds[draw] = stopSeconds + drawRoundSeconds(known, nextLog, dice) + drawSpan(open, dice);
  }
  return {
    downtimeSeconds: widened(rangeOf(seconds), widen),
    nextLogBytes: rangeOf(bytes),
    readyAtMs: readyAt(input, known),
    basis: forecastBasis(input),
  };
}

interface Learned {
  known: RoundKnowledge;
  /** How much wider than drawn a range has to be, by how far the earlier rounds were off. */
  widen: number;
}

/** Of a list of two thousand each is learned from once, not at every look. */
const learned = new ByRounds<Learned>(2_000);

function learnOnce(all: readonly MeasuredRound[], timeFactor: number, isLogMeasured: boolean): Learned {
  const rounds = all.slice(-NEWEST_ROUNDS);
  return learned.of(rounds, `${timeFactor} ${isLogMeasured}`, () => {
    const knowledge = learnRounds(rounds, timeFactor);
    return { known: newestOf(knowledge), widen: calibrateRange(rounds, knowledge, isLogMeasured) };
  });
}

function widened({ p50, p90 }: Range, widen: number): Range {
  return { p50, p90: p50 * (p90 / p50) ** widen };
}

function readyAt(input: ForecastInput, known: RoundKnowledge): Range | null {
  const sized = input.gapBytes !== null || (known.growth.observations > 0 && input.gapSeconds !== null);
  if (input.rounds.length === 0 || !sized) return null;
  const dice = seededDice(3);
  const wait = secondsUntilReady(known, input.limitBytes, () => drawNextLog(known, input, 0, dice), dice);
  return wait && mapRange(wait, (seconds) => input.nowMs + seconds * 1_000);
}

/** What is waiting now, and what is written until writes have stopped. */
function drawNextLog(known: RoundKnowledge, input: ForecastInput, stopSeconds: number, dice: Dice): number {
  const seconds = Math.max(1, (input.gapSeconds ?? 0) + stopSeconds);
  const byRate = drawCost(known.growth, seconds, dice);
  if (input.gapBytes === null) return byRate;
  const waiting = input.gapBytes * Math.exp(GAP_SPREAD * dice.normal());
  return waiting + byRate * (stopSeconds / seconds);
}
