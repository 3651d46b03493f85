import type { Dice } from "./dice";
import { drawCost } from "./learned-cost";
import type { Range } from "./measured-round";
import { rangeOf } from "./quantiles";
import { drawRoundSeconds, type RoundKnowledge } from "./round-knowledge";

const MOST_ROUNDS = 20;
const DRAWS = 200;
/** So many that never get there are more than one case of ten. */
const TOO_MANY = DRAWS / 10;

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
  const draws = new Float64Array(DRAWS);
  let never = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const seconds = drawUntilReady(known, limitBytes, drawNextLog(), dice);
    if (seconds === Number.POSITIVE_INFINITY) never += 1;
    if (never === TOO_MANY) return null;
    draws[draw] = seconds;
  }
  const range = rangeOf(draws);
  return Number.isFinite(range.p90) ? range : null;
}

/** One possible number of seconds, from the size of the log that is taken first; infinite: never within `MOST_ROUNDS`. */
function drawUntilReady(known: RoundKnowledge, limitBytes: number, first: number, dice: Dice): number {
  let bytes = first;
  let seconds = 0;
  for (let round = 0; bytes > limitBytes; round += 1) {
    if (round === MOST_ROUNDS) return Number.POSITIVE_INFINITY;
    const took = drawRoundSeconds(known, bytes, dice);
    seconds += took;
    bytes = drawCost(known.growth, took, dice);
  }
  return seconds;
}
