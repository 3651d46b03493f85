/** A number above 0 and below 1; the same ones in the same order for the same seed. */
export type Dice = () => number;

/** Mulberry32: the same seed gives the same forecast, so that it moves only with what is known. */
export function seededDice(seed: number): Dice {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}
