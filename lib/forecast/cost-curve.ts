/**
 * What a part costs by its size: `e^fixed + e^slope * e^(trend * age) * size`, a fixed cost and a rate, which may drift.
 * Costs of a size vary by factors, not by amounts, so they are fitted and spread in logarithms.
 */
export interface CostCurve {
  fixed: number;
  slope: number;
  /** Growth of the cost of a byte from an observation to the next. */
  trend: number;
  /** Of `[fixed, slope, trend]`: what the observations leave open. */
  covariance: readonly [Row, Row, Row];
  /** Spread of single observations around the curve, in logarithms. */
  noise: number;
  /** Observations by how far they lie off the curve, in logarithms, the newer the heavier. */
  residuals: readonly { value: number; weight: number }[];
  /** Sum of their weights. */
  worth: number;
}

export type Row = readonly [number, number, number];

export interface Observation {
  size: number;
  cost: number;
  /** Variance beside the noise: it was another kind of file, or part of something else. */
  looseness: number;
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
  /** What an observation weighs in comparison with the next. */
  keep: number;
  /** Spread of the drift from one observation to the next that is thought possible; 0: the rate stands still. */
  trendSpread: number;
}

const PASSES = 8;
/** How many observations the prior's noise is worth. */
const NOISE_WORTH = 3;
/** Degrees of freedom of the residuals: an observation far off counts little. */
const TAIL = 4;
const LEAST_COST = 1e-3;

/**
 * The most probable curve through the observations (oldest first), under the prior: Gauss-Newton with the weights of
 * Student's t, so that outliers hardly bend it.
 */
export function fitCostCurve(
  observations: readonly Observation[],
  prior: CostPrior,
  { keep, trendSpread }: Memory,
): CostCurve {
  const precision = [prior.fixedSpread ** -2, prior.slopeSpread ** -2, Math.max(trendSpread, 1e-6) ** -2];
  const center = [prior.fixed, prior.slope, 0];
  const points = observations.map(({ size, cost, looseness }, index) => {
    const age = observations.length - index;
    return { size, log: Math.log(Math.max(cost, LEAST_COST)), looseness, age, weight: keep ** (age - 1) };
  });
  let theta: Row = [prior.fixed, prior.slope, 0];
  let noise = prior.noise * 2;
  let covariance: CostCurve["covariance"] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let pass = 0; pass < PASSES; pass += 1) {
    const hessian = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? (precision[i] ?? 0) : 0)));
    const pull = [0, 1, 2].map((i) => (precision[i] ?? 0) * ((center[i] ?? 0) - (theta[i] ?? 0)));
    let squares = NOISE_WORTH * prior.noise ** 2;
    let worth = NOISE_WORTH;
    for (const point of points) {
      const { log, gradient } = evaluate(theta, point.size, point.age);
      const residual = point.log - log;
      const variance = noise ** 2 + point.looseness;
      const trust = (point.weight * (TAIL + 1)) / (TAIL + residual ** 2 / variance);
      const share = noise ** 2 / variance;
      squares += trust * residual ** 2 * share ** 2;
      worth += point.weight * share ** 2;
      for (let i = 0; i < 3; i += 1) {
        const towards = ((gradient[i] ?? 0) * trust) / variance;
        pull[i] = (pull[i] ?? 0) + towards * residual;
        for (let j = 0; j < 3; j += 1) {
          const row = hessian[i];
          if (row) row[j] = (row[j] ?? 0) + towards * (gradient[j] ?? 0);
        }
      }
    }
    covariance = invert(hessian);
    const step = covariance.map((row) => row.reduce((sum, value, j) => sum + value * (pull[j] ?? 0), 0));
    // A step across several orders of magnitude leaves the region where the curve is known.
    const longest = Math.max(...step.map(Math.abs));
    const damp = longest > 1.5 ? 1.5 / longest : 1;
    theta = [
      theta[0] + damp * (step[0] ?? 0),
      theta[1] + damp * (step[1] ?? 0),
      theta[2] + damp * (step[2] ?? 0),
    ];
    noise = Math.sqrt(squares / worth);
  }
  const residuals = points.map(({ size, age, log, looseness, weight }) => ({
    value: log - evaluate(theta, size, age).log,
    weight: (weight * noise ** 2) / (noise ** 2 + looseness),
  }));
  const worth = residuals.reduce((sum, { weight }) => sum + weight, 0);
  return { fixed: theta[0], slope: theta[1], trend: theta[2], covariance, noise, residuals, worth };
}

/** Logarithm of the cost of a size now, and how uncertain the curve is there. */
export function readCostCurve(curve: CostCurve, size: number): { log: number; spread: number } {
  const { log, gradient } = evaluate([curve.fixed, curve.slope, curve.trend], size, 0);
  const variance = curve.covariance.reduce(
    (sum, row, i) =>
      sum + row.reduce((part, value, j) => part + value * (gradient[j] ?? 0), 0) * (gradient[i] ?? 0),
    0,
  );
  return { log, spread: Math.sqrt(Math.max(0, variance)) };
}

function evaluate([fixed, slope, trend]: Row, size: number, age: number): { log: number; gradient: Row } {
  const fixedCost = Math.exp(fixed);
  const sizeCost = Math.exp(slope - trend * age) * Math.max(0, size);
  const share = sizeCost / (fixedCost + sizeCost);
  return { log: Math.log(fixedCost + sizeCost), gradient: [1 - share, share, -share * age] };
}

/** Of a symmetric positive definite 3 by 3 matrix. */
function invert(m: readonly (readonly number[])[]): CostCurve["covariance"] {
  const at = (i: number, j: number) => m[i]?.[j] ?? 0;
  const minor = (i: number, j: number) => {
    const [r1 = 0, r2 = 0] = [0, 1, 2].filter((row) => row !== i);
    const [c1 = 0, c2 = 0] = [0, 1, 2].filter((column) => column !== j);
    return (at(r1, c1) * at(r2, c2) - at(r1, c2) * at(r2, c1)) * ((i + j) % 2 === 0 ? 1 : -1);
  };
  const determinant = at(0, 0) * minor(0, 0) + at(0, 1) * minor(0, 1) + at(0, 2) * minor(0, 2);
  const row = (i: number): Row => [
    minor(0, i) / determinant,
    minor(1, i) / determinant,
    minor(2, i) / determinant,
  ];
  return [row(0), row(1), row(2)];
}
