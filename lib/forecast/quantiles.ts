import type { Range } from "./measured-round";

const CENTRE_OVER = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const CENTRE_UNDER = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
];
const TAIL_OVER = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_UNDER = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

/** Highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** Of the standard normal distribution, by Acklam's rational approximation (relative error below 1.2e-9); 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_OVER, q) / (polynomial(TAIL_UNDER, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(CENTRE_OVER, r) * q) / (polynomial(CENTRE_UNDER, r) * r + 1);
}

/** Of Student's t, by its expansion around the normal one: good to a few per cent for five degrees and more. */
export function studentQuantile(p: number, degrees: number): number {
  const z = normalQuantile(p);
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

/** The value that half of them pass, and the one that a tenth does. */
export function rangeOf(values: ArrayLike<number>): Range {
  const left = new Float64Array(values);
  return { p50: quantileIn(left, 0.5), p90: quantileIn(left, 0.9) };
}

/** Of values in any order, between neighbours in proportion; `share` from 0 to 1. */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  return quantileIn(new Float64Array(values), share);
}

/** Moves the values about. */
function quantileIn(values: Float64Array, share: number): number {
  const at = share * (values.length - 1);
  const low = Math.floor(at);
  const below = select(values, low);
  if (low === at) return below;
  let above = Number.POSITIVE_INFINITY;
  for (let index = low + 1; index < values.length; index += 1)
    above = Math.min(above, values[index] ?? above);
  return below === above ? below : below + (above - below) * (at - low);
}

/**
 * The value that has `rank` others before it when they are in order. What is smaller lies before it then and what is larger
 * after it: Hoare's selection, several times as fast as a whole order.
 */
function select(values: Float64Array, rank: number): number {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const pivot = values[(first + last) >> 1] ?? Number.NaN;
    if (Number.isNaN(pivot)) return pivot;
    let [up, down] = [first, last];
    while (up <= down) {
      while ((values[up] ?? pivot) < pivot) up += 1;
      while ((values[down] ?? pivot) > pivot) down -= 1;
      if (up > down) break;
      const moved = values[up] ?? pivot;
      values[up] = values[down] ?? pivot;
      values[down] = moved;
      up += 1;
      down -= 1;
    }
    if (rank <= down) last = down;
    else if (rank >= up) first = up;
    else break;
  }
  return values[rank] ?? Number.NaN;
}
