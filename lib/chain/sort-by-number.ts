/**
 * Sorts by a number that goes before all else, and only where two are equal by `compare`. Numbers alone are sorted ten
 * times as fast as objects by a comparison, and in a pile of backups nearly all differ.
 */
export function sortByNumber<T>(
  items: readonly T[],
  numberOf: (item: T) => number,
  compare: (a: T, b: T) => number,
): T[] {
  const numbers = Float64Array.from(items, numberOf);
  const distinct = numbers.slice().sort();
  const sorted: T[] = new Array(items.length);
  // Where the next item of an equal number goes, relative to the first of them.
  const filled = new Int32Array(items.length);
  items.forEach((item, i) => {
    const first = firstPlace(distinct, numbers[i] ?? 0);
    sorted[first + (filled[first] ?? 0)] = item;
    filled[first] = (filled[first] ?? 0) + 1;
  });
  for (let i = 0; i < sorted.length; i += filled[i] ?? 1) {
    const count = filled[i] ?? 1;
    if (count < 2) continue;
    const equal = sorted.slice(i, i + count).sort(compare);
    equal.forEach((item, offset) => {
      sorted[i + offset] = item;
    });
  }
  return sorted;
}

function firstPlace(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
