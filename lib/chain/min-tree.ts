/**
 * Costs at places 0 … size-1, and the place of the least cost in a range: of equal costs the last place. A segment
 * tree; both operations take O(log n).
 */
export class MinTree {
  private readonly costs: Float64Array;
  private readonly best: Int32Array;
  private readonly leaves: number;

  constructor(size: number) {
    this.leaves = Math.max(1, size);
    this.costs = new Float64Array(this.leaves).fill(Number.POSITIVE_INFINITY);
    this.best = new Int32Array(this.leaves * 2).fill(-1);
  }

  set(place: number, cost: number): void {
    this.costs[place] = cost;
    let node = place + this.leaves;
    this.best[node] = place;
    for (node >>= 1; node >= 1; node >>= 1) {
      this.best[node] = this.better(this.best[node * 2] ?? -1, this.best[node * 2 + 1] ?? -1);
    }
  }

  /** The cheapest place in `[from, to)`, or -1 when none there has a cost. */
  cheapest(from: number, to: number): number {
    let result = -1;
    let low = from + this.leaves;
    let high = to + this.leaves;
    for (; low < high; low >>= 1, high >>= 1) {
      if (low & 1) result = this.better(result, this.best[low++] ?? -1);
      if (high & 1) result = this.better(result, this.best[--high] ?? -1);
    }
    return result;
  }

  cost(place: number): number {
    return this.costs[place] ?? Number.POSITIVE_INFINITY;
  }

  private better(a: number, b: number): number {
    if (a < 0 || b < 0) return Math.max(a, b);
    const difference = this.cost(a) - this.cost(b);
    if (difference !== 0) return difference < 0 ? a : b;
    return Math.max(a, b);
  }
}
