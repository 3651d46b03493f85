const DIGITS = 4;
const RADIX = 2 ** 16;
/** Below that many, counting digits costs more than it saves. */
const FEW = 4_000;

/**
 * The places of `numbers` (none negative) in ascending order of the numbers, and of `compare` where two are equal. A
 * radix sort over their bits, which of doubles that are not negative are in the same order: a tenth of the time that
 * sorting objects by a comparison takes.
 */
export function sortPlaces(numbers: Float64Array, compare: (a: number, b: number) => number): Uint32Array {
  if (numbers.length < FEW) {
    const few = Uint32Array.from(numbers, (_, place) => place);
    return few.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || compare(a, b));
  }
  const digits = new Uint16Array(numbers.buffer, numbers.byteOffset, numbers.length * DIGITS);
  let places = Uint32Array.from(numbers, (_, place) => place);
  let sorted = new Uint32Array(numbers.length);
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const next = new Uint32Array(RADIX);
    for (let i = digit; i < digits.length; i += DIGITS) {
      const value = digits[i] ?? 0;
      next[value] = (next[value] ?? 0) + 1;
    }
    // All the same: of the leading bits that is the rule.
    if (numbers.length === 0 || next[digits[digit] ?? 0] === numbers.length) continue;
    let before = 0;
    for (let value = 0; value < RADIX; value += 1) {
      const count = next[value] ?? 0;
      next[value] = before;
      before += count;
    }
    for (const place of places) {
      const value = digits[place * DIGITS + digit] ?? 0;
      const to = next[value] ?? 0;
      sorted[to] = place;
      next[value] = to + 1;
    }
    [places, sorted] = [sorted, places];
  }
  sortEqual(places, numbers, compare);
  return places;
}

function sortEqual(
  places: Uint32Array,
  numbers: Float64Array,
  compare: (a: number, b: number) => number,
): void {
  for (let from = 0; from < places.length; ) {
    const value = numbers[places[from] ?? 0];
    let to = from + 1;
    while (to < places.length && numbers[places[to] ?? 0] === value) to += 1;
    if (to > from + 1) places.subarray(from, to).sort(compare);
    from = to;
  }
}
