import { MinTree } from "./min-tree";

interface ForkPlaces {
  places: number[];
  tree: MinTree;
}

/**
 * The cheapest reachable state in a range of places, among those on a given recovery fork. A state whose fork is not
 * known counts for every fork, and a log that does not say where it begins can follow a state on any.
 */
export class ForkIndex {
  private readonly all: MinTree;
  private readonly byFork = new Map<string | null, ForkPlaces>();
  private readonly slot: Int32Array;

  constructor(private readonly forks: readonly (string | null)[]) {
    this.slot = new Int32Array(forks.length);
    const places = new Map<string | null, number[]>();
    forks.forEach((fork, i) => {
      const list = places.get(fork) ?? [];
      this.slot[i] = list.length;
      list.push(i);
      places.set(fork, list);
    });
    for (const [fork, list] of places)
      this.byFork.set(fork, { places: list, tree: new MinTree(list.length) });
    // With one fork only, its tree is the tree of all.
    const [only] = this.byFork.values();
    this.all = this.byFork.size === 1 && only ? only.tree : new MinTree(forks.length);
  }

  add(place: number, cost: number): void {
    const tree = this.byFork.get(this.forks[place] ?? null)?.tree;
    tree?.set(this.slot[place] ?? 0, cost);
    if (tree !== this.all) this.all.set(place, cost);
  }

  /** The cheapest place in `[from, to)`, or -1. */
  cheapest(fork: string | null, from: number, to: number): number {
    if (fork === null) return this.all.cheapest(from, to);
    const same = this.onFork(fork, from, to);
    const unknown = this.onFork(null, from, to);
    if (same < 0 || unknown < 0) return Math.max(same, unknown);
    return this.all.cost(unknown) < this.all.cost(same) ? unknown : same;
  }

  private onFork(fork: string | null, from: number, to: number): number {
    const entry = this.byFork.get(fork);
    if (entry === undefined) return -1;
    const found = entry.tree.cheapest(lowerBound(entry.places, from), lowerBound(entry.places, to));
    return found < 0 ? -1 : (entry.places[found] ?? -1);
  }
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
