import { MinTree } from "./min-tree";

/**
 * The cheapest reachable state in a range of places, among those on a given recovery fork. A state whose fork is not
 * known counts for every fork. One tree serves all forks: the states of each lie side by side in it.
 */
export class ForkIndex {
  private readonly forkIds = new Map<string | null, number>();
  /** The id of the states whose fork is not known. */
  private readonly unknownFork: number | undefined;
  /** Where the states of each fork begin in the tree, and behind the last fork where they end. */
  private readonly begins: Int32Array;
  private readonly ids: Int32Array;
  private readonly slotOf: Int32Array;
  private readonly placeOf: Int32Array;
  private readonly tree: MinTree;
  private readonly all: MinTree | null;

  /** `asksForAll`: whether `cheapestOfAll` will be asked. */
  constructor(forks: readonly (string | null)[], asksForAll: boolean) {
    const ids = Int32Array.from(forks, (fork) => this.idOf(fork));
    this.ids = ids;
    this.unknownFork = this.forkIds.get(null);
    this.begins = new Int32Array(this.forkIds.size + 1);
    for (const id of ids) this.begins[id + 1] = (this.begins[id + 1] ?? 0) + 1;
    for (let id = 0; id < this.forkIds.size; id += 1)
      this.begins[id + 1] = (this.begins[id + 1] ?? 0) + (this.begins[id] ?? 0);
    const next = this.begins.slice();
    this.placeOf = new Int32Array(forks.length);
    this.slotOf = ids.map((id, place) => {
      const slot = next[id] ?? 0;
      next[id] = slot + 1;
      this.placeOf[slot] = place;
      return slot;
    });
    this.tree = new MinTree(forks.length);
    this.all = asksForAll && this.forkIds.size > 1 ? new MinTree(forks.length) : null;
  }

  add(place: number, cost: number): void {
    this.tree.set(this.slotOf[place] ?? 0, cost);
    this.all?.set(place, cost);
  }

  /** The cheapest place in `[from, to)` on `fork` or on one not known, or -1; of equal ones the last. */
  cheapest(fork: string, from: number, to: number): number {
    return this.onForkOrUnknown(this.forkIds.get(fork), from, to);
  }

  /** The same for the fork of the state at `place`, which is known: nothing has to be looked up. */
  cheapestOnForkOf(place: number, from: number, to: number): number {
    return this.onForkOrUnknown(this.ids[place], from, to);
  }

  /** The cheapest place in `[from, to)`, or -1; of equal ones the last. */
  cheapestOfAll(from: number, to: number): number {
    return (this.all ?? this.tree).cheapest(from, to);
  }

  /** Of two places, either of which may be -1, the one with the lower cost, or the later. */
  cheaper(a: number, b: number): number {
    if (a < 0 || b < 0) return Math.max(a, b);
    const difference = this.costAt(a) - this.costAt(b);
    if (difference === 0) return Math.max(a, b);
    return difference < 0 ? a : b;
  }

  costAt(place: number): number {
    return this.tree.cost(this.slotOf[place] ?? 0);
  }

  private idOf(fork: string | null): number {
    const known = this.forkIds.get(fork);
    if (known !== undefined) return known;
    this.forkIds.set(fork, this.forkIds.size);
    return this.forkIds.size - 1;
  }

  private onForkOrUnknown(id: number | undefined, from: number, to: number): number {
    const found = this.onFork(id, from, to);
    return this.unknownFork === undefined
      ? found
      : this.cheaper(found, this.onFork(this.unknownFork, from, to));
  }

  private onFork(id: number | undefined, from: number, to: number): number {
    if (id === undefined || from >= to) return -1;
    const found = this.tree.cheapest(this.firstSlot(id, from), this.firstSlot(id, to));
    return found < 0 ? -1 : (this.placeOf[found] ?? -1);
  }

  /** The first slot of a fork whose place is not before `place`. */
  private firstSlot(id: number, place: number): number {
    if (this.forkIds.size === 1) return place;
    let low = this.begins[id] ?? 0;
    let high = this.begins[id + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.placeOf[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
