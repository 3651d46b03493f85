import type { Dice } from "./dice";
import { drawCost } from "./learned-cost";
import type { Range } from "./measured-round";
import { rangeOf } from "./quantiles";
import { drawRoundSeconds, type RoundKnowledge } from "./round-knowledge";

const MOST_ROUNDS = 20;
const DRAWS = 200;

/**
 * Seconds from now until the log that would be taken next falls under the limit, when rounds follow one another without
 * a pause: each leaves as much log as was written while it went. Null when in more than one case of ten it never does.
 */
export function secondsUntilReady(
  known: RoundKnowledge,
  limitBytes: number,
  drawNextLog: () => number,
  dice: Dice,
): Range | null {
  const draws = Array.from({ length: DRAWS }, () => {
    let bytes = drawNextLog();
    let seconds = 0;
    for (let round = 0; bytes > limitBytes; round += 1) {
      if (round === MOST_ROUNDS) return Number.POSITIVE_INFINITY;
      const took = drawRoundSeconds(known, bytes, dice);
      seconds += took;
      bytes = drawCost(known.growth, took, dice);
    }
    return seconds;
  });
  const range = rangeOf(draws);
  return Number.isFinite(range.p90) ? range : null;
}
