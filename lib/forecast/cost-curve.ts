/**
 * What a part costs by its size: `e^fixed + e^slope * e^(trend * age) * size`, a fixed cost and a rate, which may drift.
 * Costs of a size vary by factors, not by amounts, so they are fitted and spread in logarithms.
 */
export interface CostCurve {
  /** `e^fixed`. */
  fixedCost: number;
  /** `e^slope`: of a byte now. */
  byteCost: number;
  /** Of `fixed` and `slope`: what the observations leave open. */
  covariance: { fixed: number; both: number; slope: number };
  /** Spread of single observations around the curve, in logarithms. */
  noise: number;
  /** Observations by how far they lie off the curve, in logarithms, and what each of them counts: the newer the more. */
  residuals: readonly number[];
  weights: readonly number[];
  /** Sum of their weights. */
  worth: number;
}

export interface Observation {
  size: number;
  cost: number;
  /** Variance beside the noise: it was another kind of file, or part of something else. */
  looseness: number;
}

/** Observations as columns, oldest first; costs as logarithms. */
export interface Observed {
  sizes: Float64Array;
  logs: Float64Array;
  looseness: Float64Array;
}

/** What is believed before anything was measured: medians and spreads, in logarithms. */
export interface CostPrior {
  fixed: number;
  fixedSpread: number;
  slope: number;
  slopeSpread: number;
  /** Spread of single observations around the curve. */
  noise: number;
}

/** How much the past counts. */
export interface Memory {
  /** What an observation weighs by how many came after it. */
  importance: readonly number[];
  /** Spread of the drift from one observation to the next that is thought possible; 0: the rate stands still. */
  trendSpread: number;
}

const PASSES = 8;
/** How many observations the prior's noise is worth. */
const NOISE_WORTH = 3;
/** Degrees of freedom of the residuals: an observation far off counts little. */
const TAIL = 4;
const LEAST_COST = 1e-3;
/** A step across several orders of magnitude leaves the region where the curve is known. */
const LONGEST_STEP = 1.5;

/** Logarithm of what an observation cost. */
export function logCost({ cost }: Pick<Observation, "cost">): number {
  return Math.log(Math.max(cost, LEAST_COST));
}

export function observedAsColumns(observations: readonly Observation[]): Observed {
  return {
    sizes: Float64Array.from(observations, ({ size }) => Math.max(0, size)),
    logs: Float64Array.from(observations, logCost),
    looseness: Float64Array.from(observations, ({ looseness }) => looseness),
  };
}

/**
 * The most probable curve through the first `count` observations, under the prior: Gauss-Newton with the weights of
 * Student's t, so that outliers hardly bend it.
 */
export function fitCostCurve(
  observed: Observed,
  count: number,
  prior: CostPrior,
  { importance, trendSpread }: Memory,
): CostCurve {
  const precision: Vector = [
    prior.fixedSpread ** -2,
    prior.slopeSpread ** -2,
    Math.max(trendSpread, 1e-6) ** -2,
  ];
  let theta: Theta = { fixed: prior.fixed, slope: prior.slope, trend: 0 };
  let noise = prior.noise * 2;
  let covariance: CostCurve["covariance"] = { fixed: 1, both: 0, slope: 1 };
  for (let pass = 0; pass < PASSES; pass += 1) {
    const sums = sumUp(observed, count, importance, theta, noise);
    const solved = solve(sums, precision, [
      prior.fixed - theta.fixed,
      prior.slope - theta.slope,
      -theta.trend,
    ]);
    const [fixed, slope, trend] = solved.step;
    const longest = Math.max(Math.abs(fixed), Math.abs(slope), Math.abs(trend));
    const damp = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
    theta = {
      fixed: theta.fixed + damp * fixed,
      slope: theta.slope + damp * slope,
      trend: theta.trend + damp * trend,
    };
    covariance = solved.covariance;
    noise = Math.sqrt((NOISE_WORTH * prior.noise ** 2 + sums.squares) / (NOISE_WORTH + sums.worth));
  }
  return {
    fixedCost: Math.exp(theta.fixed),
    byteCost: Math.exp(theta.slope),
    covariance,
    noise,
    ...residualsOf(observed, count, importance, theta, noise),
  };
}

type Vector = readonly [number, number, number];

interface Theta {
  fixed: number;
  slope: number;
  /** Growth of the cost of a byte from an observation to the next. */
  trend: number;
}

/** Sums over observations: upper half of the Hessian and pull on fixed cost (0), rate (1) and trend (2), and of the noise. */
interface Sums {
  h00: number;
  h01: number;
  h02: number;
  h11: number;
  h12: number;
  h22: number;
  p0: number;
  p1: number;
  p2: number;
  squares: number;
  worth: number;
}

function sumUp(
  { sizes, logs, looseness }: Observed,
  count: number,
  importance: readonly number[],
  at: Theta,
  noise: number,
): Sums {
  const fixedCost = Math.exp(at.fixed);
  const drift = Math.exp(at.trend);
  const noiseVariance = noise ** 2;
  let byteCost = Math.exp(at.slope - at.trend * count);
  let [h00, h01, h02, h11, h12, h22] = [0, 0, 0, 0, 0, 0];
  let [p0, p1, p2, squares, worth] = [0, 0, 0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const sizeCost = byteCost * (sizes[index] ?? 0);
    const weight = importance[count - index - 1] ?? 0;
    const residual = (logs[index] ?? 0) - Math.log(fixedCost + sizeCost);
    const firmness = 1 / (noiseVariance + (looseness[index] ?? 0));
    const trust = (weight * (TAIL + 1)) / (TAIL + residual * residual * firmness);
    const ownShare = noiseVariance * firmness;
    squares += trust * residual * residual * ownShare * ownShare;
    worth += weight * ownShare * ownShare;
    const g1 = sizeCost / (fixedCost + sizeCost);
    const g0 = 1 - g1;
    const g2 = g1 * (index - count);
    const [t0, t1, t2] = [g0 * trust * firmness, g1 * trust * firmness, g2 * trust * firmness];
    p0 += t0 * residual;
    p1 += t1 * residual;
    p2 += t2 * residual;
    h00 += t0 * g0;
    h01 += t0 * g1;
    h02 += t0 * g2;
    h11 += t1 * g1;
    h12 += t1 * g2;
    h22 += t2 * g2;
    byteCost *= drift;
  }
  return { h00, h01, h02, h11, h12, h22, p0, p1, p2, squares, worth };
}

/** The step towards the most probable curve, where the prior pulls by `precision` times how far it is off. */
function solve(
  sums: Sums,
  [precision0, precision1, precision2]: Vector,
  [off0, off1, off2]: Vector,
): { step: Vector; covariance: CostCurve["covariance"] } {
  const { h01, h02, h12 } = sums;
  const [h00, h11, h22] = [sums.h00 + precision0, sums.h11 + precision1, sums.h22 + precision2];
  const [p0, p1, p2] = [
    sums.p0 + precision0 * off0,
    sums.p1 + precision1 * off1,
    sums.p2 + precision2 * off2,
  ];
  const m00 = h11 * h22 - h12 * h12;
  const m01 = h12 * h02 - h01 * h22;
  const m02 = h01 * h12 - h11 * h02;
  const m11 = h00 * h22 - h02 * h02;
  const m12 = h01 * h02 - h00 * h12;
  const m22 = h00 * h11 - h01 * h01;
  const determinant = h00 * m00 + h01 * m01 + h02 * m02;
  return {
    step: [
      (m00 * p0 + m01 * p1 + m02 * p2) / determinant,
      (m01 * p0 + m11 * p1 + m12 * p2) / determinant,
      (m02 * p0 + m12 * p1 + m22 * p2) / determinant,
    ],
    covariance: { fixed: m00 / determinant, both: m01 / determinant, slope: m11 / determinant },
  };
}

function residualsOf(
  { sizes, logs, looseness }: Observed,
  count: number,
  importance: readonly number[],
  { fixed, slope, trend }: Theta,
  noise: number,
): Pick<CostCurve, "residuals" | "weights" | "worth"> {
  const fixedCost = Math.exp(fixed);
  const variance = noise ** 2;
  const residuals: number[] = [];
  const weights: number[] = [];
  let worth = 0;
  for (let index = 0; index < count; index += 1) {
    const age = count - index;
    const sizeCost = Math.exp(slope - trend * age) * (sizes[index] ?? 0);
    const weight = ((importance[age - 1] ?? 0) * variance) / (variance + (looseness[index] ?? 0));
    residuals.push((logs[index] ?? 0) - Math.log(fixedCost + sizeCost));
    weights.push(weight);
    worth += weight;
  }
  return { residuals, weights, worth };
}

/** The cost of a size now, and how uncertain the curve is there, in logarithms. */
export function readCostCurve(
  { fixedCost, byteCost, covariance }: CostCurve,
  size: number,
): { cost: number; spread: number } {
  const { fixed, both, slope } = covariance;
  const sizeCost = byteCost * Math.max(0, size);
  const cost = fixedCost + sizeCost;
  const share = sizeCost / cost;
  const rest = 1 - share;
  const variance = (fixed * rest + both * share) * rest + (both * rest + slope * share) * share;
  return { cost, spread: Math.sqrt(Math.max(0, variance)) };
}
