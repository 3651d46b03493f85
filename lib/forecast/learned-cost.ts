import {
  type CostCurve,
  type CostPrior,
  fitCostCurve,
  logCost,
  type Observation,
  observedAsColumns,
  readCostCurve,
} from "./cost-curve";
import { type Dice, type Rolls, STUDENT_DEGREES } from "./dice";

/** Several curves of one part: what was right about the observations so far weighs more. */
export interface LearnedCost {
  curves: readonly { curve: CostCurve; weight: number }[];
  observations: number;
}

/**
 * A rate that stands still, one that wanders, and one that goes one way. No one of them is right for all. `keep`: what an
 * observation weighs in comparison with the next.
 */
const MEMORIES: readonly { keep: number; trendSpread: number; chance: number }[] = [
  { keep: 0.98, trendSpread: 0, chance: 0.5 },
  { keep: 0.75, trendSpread: 0, chance: 0.3 },
  { keep: 0.97, trendSpread: 0.06, chance: 0.2 },
];

/** How many observations it takes until what was met says as much of the spread as the bell curve. */
const EMPIRICAL_AFTER = 6;
/** Met deviations are smoothed by this much of the noise. */
const SMOOTHING = 0.5;

/**
 * What is known of a part after none, one, … all of the observations (oldest first): each curve is weighed by how well it
 * foretold each observation from those before it.
 */
export function learnCost(observations: readonly Observation[], prior: CostPrior): LearnedCost[] {
  const scores = MEMORIES.map(({ chance }) => Math.log(chance));
  const observed = observedAsColumns(observations);
  const importance = MEMORIES.map(({ keep }) => observations.map((_, age) => keep ** age));
  return Array.from({ length: observations.length + 1 }, (_, known) => {
    const curves = MEMORIES.map(({ trendSpread }, i) =>
      fitCostCurve(observed, known, prior, { importance: importance[i] ?? [], trendSpread }),
    );
    const best = Math.max(...scores);
    const raw = scores.map((score) => Math.exp(score - best));
    const sum = raw.reduce((a, b) => a + b, 0);
    const learned = {
      observations: known,
      curves: curves.map((curve, i) => ({ curve, weight: (raw[i] ?? 0) / sum })),
    };
    const next = observations[known];
    // A single observation can't tell a drift from noise.
    if (next && known >= 2)
      for (const [i, curve] of curves.entries()) scores[i] = 0.95 * (scores[i] ?? 0) + logScore(curve, next);
    return learned;
  });
}

/** Logarithm of the density at which a curve expected an observation. */
function logScore(curve: CostCurve, observation: Observation): number {
  const { size, looseness } = observation;
  const { cost, spread } = readCostCurve(curve, size);
  const scale = Math.sqrt(curve.noise ** 2 + spread ** 2 + looseness);
  const off = (logCost(observation) - Math.log(cost)) / scale;
  return -Math.log(scale) - ((STUDENT_DEGREES + 1) / 2) * Math.log1p(off ** 2 / STUDENT_DEGREES);
}

/** Of a cost: which curve, where the curve lies, which kind of residual, which one, and how it is smoothed. */
const DICE_OF_A_COST = 5;

/** One possible cost of a size. */
export function drawCost(cost: LearnedCost, size: number, dice: Dice): number {
  const at = dice.take(DICE_OF_A_COST);
  return costOf(cost, size, dice.rolls, at);
}

function costOf({ curves }: LearnedCost, size: number, rolls: Rolls, at: number): number {
  const curve = pick(curves, rolls.uniforms[at] ?? 0);
  if (curve === undefined) throw new RangeError("a learned cost has curves");
  const { cost, spread } = readCostCurve(curve, size);
  return cost * Math.exp(spread * (rolls.normals[at + 1] ?? 0) + residualOf(curve, rolls, at + 2));
}

/** How far one observation may lie off its curve: as one that was met, or, the fewer those are, as the tails of Student's t. */
function residualOf({ noise, residuals, weights, worth }: CostCurve, rolls: Rolls, at: number): number {
  const { uniforms, normals, students } = rolls;
  if ((uniforms[at] ?? 0) * (worth + EMPIRICAL_AFTER) >= worth) return noise * (students[at + 1] ?? 0);
  let left = (uniforms[at + 1] ?? 0) * worth;
  for (let index = 0; index < weights.length; index += 1) {
    left -= weights[index] ?? 0;
    if (left <= 0) return (residuals[index] ?? 0) + SMOOTHING * noise * (normals[at + 2] ?? 0);
  }
  return 0;
}

function pick(curves: LearnedCost["curves"], at: number): CostCurve | undefined {
  let left = at;
  for (let index = 0; index < curves.length; index += 1) {
    left -= curves[index]?.weight ?? 0;
    if (left <= 0) return curves[index]?.curve;
  }
  return curves.at(-1)?.curve;
}
