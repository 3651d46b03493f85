import { calibrateRange } from "./calibrate-range";
import { type Dice, seededDice } from "./dice";
import { type BasisSentence, forecastBasis } from "./forecast-basis";
import { drawCost } from "./learned-cost";
import { type ForecastInput, type MeasuredRound, mapRange, type Range } from "./measured-round";
import { drawSpan, openPrior, STOP_WRITES_PRIOR, spanOf } from "./priors";
import { normalQuantile, rangeOf } from "./quantiles";
import { secondsUntilReady } from "./ready-at";
import { drawRoundSeconds, learnRounds, type RoundKnowledge } from "./round-knowledge";

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
  const draws = Array.from({ length: DRAWS }, () => {
    const stopSeconds = drawSpan(stop, dice);
    const bytes = drawNextLog(known, input, stopSeconds, dice);
    return { bytes, seconds: stopSeconds + drawRoundSeconds(known, bytes, dice) + drawSpan(open, dice) };
  });
  return {
    downtimeSeconds: widened(rangeOf(draws.map(({ seconds }) => seconds)), widen),
    nextLogBytes: rangeOf(draws.map(({ bytes }) => bytes)),
    readyAtMs: readyAt(input, known),
    basis: forecastBasis(input),
  };
}

interface Learned {
  known: RoundKnowledge;
  /** How much wider than drawn a range has to be, by how far the earlier rounds were off. */
  widen: number;
}

/**
 * By all that it is learned from, oldest first: to learn costs more than all the rest, and the list of migrations asks for the
 * same again and again.
 */
const learnedBefore = new Map<string, Learned>();
const MOST_LEARNED = 500;

function learnOnce(all: readonly MeasuredRound[], timeFactor: number, isLogMeasured: boolean): Learned {
  const rounds = all.slice(-NEWEST_ROUNDS);
  const from = JSON.stringify([rounds, timeFactor, isLogMeasured]);
  const before = learnedBefore.get(from);
  if (before) return before;
  const knowledge = learnRounds(rounds, timeFactor);
  const known = knowledge.at(-1);
  if (known === undefined) throw new RangeError("nothing is known, not even before the first round");
  const learned = { known, widen: calibrateRange(rounds, knowledge, isLogMeasured) };
  learnedBefore.set(from, learned);
  for (const oldest of learnedBefore.keys()) {
    if (learnedBefore.size <= MOST_LEARNED) break;
    learnedBefore.delete(oldest);
  }
  return learned;
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
  const waiting = input.gapBytes * Math.exp(GAP_SPREAD * normalQuantile(dice()));
  return waiting + byRate * (stopSeconds / seconds);
}
