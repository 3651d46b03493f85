import {
  type CostCurve,
  type CostPrior,
  fitCostCurve,
  type Memory,
  type Observation,
  readCostCurve,
} from "./cost-curve";
import type { Dice } from "./dice";
import { normalQuantile, studentQuantile } from "./quantiles";

/** Several curves of one part: what was right about the observations so far weighs more. */
export interface LearnedCost {
  curves: readonly { curve: CostCurve; weight: number }[];
  observations: number;
}

/** A rate that stands still, one that wanders, and one that goes one way. No one of them is right for all. */
const MEMORIES: readonly (Memory & { chance: number })[] = [
  { keep: 0.98, trendSpread: 0, chance: 0.5 },
  { keep: 0.75, trendSpread: 0, chance: 0.3 },
  { keep: 0.97, trendSpread: 0.06, chance: 0.2 },
];

const DEGREES = 5;
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
  return Array.from({ length: observations.length + 1 }, (_, known) => {
    const curves = MEMORIES.map((memory) => fitCostCurve(observations.slice(0, known), prior, memory));
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
function logScore(curve: CostCurve, { size, cost, looseness }: Observation): number {
  const { log, spread } = readCostCurve(curve, size);
  const scale = Math.sqrt(curve.noise ** 2 + spread ** 2 + looseness);
  const off = (Math.log(Math.max(cost, 1e-3)) - log) / scale;
  return -Math.log(scale) - ((DEGREES + 1) / 2) * Math.log1p(off ** 2 / DEGREES);
}

/** One possible cost of a size. */
export function drawCost({ curves }: LearnedCost, size: number, dice: Dice): number {
  const curve = pick(curves, dice());
  if (curve === undefined) throw new RangeError("a learned cost has curves");
  const { log, spread } = readCostCurve(curve, size);
  return Math.exp(log + spread * normalQuantile(dice()) + drawResidual(curve, dice));
}

function drawResidual({ noise, residuals, worth }: CostCurve, dice: Dice): number {
  const [choice, at, smooth] = [dice(), dice(), dice()];
  if (choice * (worth + EMPIRICAL_AFTER) >= worth) return noise * studentQuantile(at, DEGREES);
  let left = at * worth;
  for (const { value, weight } of residuals) {
    left -= weight;
    if (left <= 0) return value + SMOOTHING * noise * normalQuantile(smooth);
  }
  return 0;
}

function pick(curves: LearnedCost["curves"], at: number): CostCurve | undefined {
  let left = at;
  for (const { curve, weight } of curves) {
    left -= weight;
    if (left <= 0) return curve;
  }
  return curves.at(-1)?.curve;
}
