import { normalQuantile, studentQuantile } from "./quantiles";

/** Degrees of freedom of `Rolls.students`. */
export const STUDENT_DEGREES = 5;
/** So many are rolled at once. */
const BLOCK = 8_192;

/**
 * Numbers above 0 and below 1, the same ones in the same order for the same seed, so that a forecast moves only with what is
 * known. Each is read as it is or as the deviate that belongs to it. They are rolled once for all who read them: a forecast is
 * drawn from ten thousands, and the list of migrations asks for hundreds of forecasts.
 */
export class Dice {
  readonly rolls: Rolls;
  #at = 0;

  constructor(rolls: Rolls) {
    this.rolls = rolls;
  }

  /** Where in `rolls` the next of them begin: as many are taken, whether or not all are read. */
  take(count: number): number {
    const at = this.#at;
    this.#at = at + count;
    this.rolls.growTo(this.#at);
    return at;
  }

  /** The next one, of the standard normal distribution. */
  normal(): number {
    const at = this.take(1);
    return this.rolls.normals[at] ?? Number.NaN;
  }
}

/** What was rolled of a seed so far: as it is, of the standard normal distribution, and of Student's t. */
export class Rolls {
  uniforms = new Float64Array(0);
  normals = new Float64Array(0);
  students = new Float64Array(0);
  readonly #roll: () => number;

  constructor(seed: number) {
    this.#roll = mulberry32(seed);
  }

  growTo(length: number): void {
    while (this.uniforms.length < length) this.#grow();
  }

  #grow(): void {
    const before = this.uniforms.length;
    this.uniforms = longer(this.uniforms);
    this.normals = longer(this.normals);
    this.students = longer(this.students);
    for (let at = before; at < before + BLOCK; at += 1) {
      const uniform = this.#roll();
      this.uniforms[at] = uniform;
      this.normals[at] = normalQuantile(uniform);
      this.students[at] = studentQuantile(uniform, STUDENT_DEGREES);
    }
  }
}

function longer(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(numbers.length + BLOCK);
  copy.set(numbers);
  return copy;
}

/** By their seed, of which the code has a handful; of each as many as the longest forecast takes, 180,000 at most. */
const rolled = new Map<number, Rolls>();

/** From the first number of a seed on. */
export function seededDice(seed: number): Dice {
  const rolls = rolled.get(seed) ?? new Rolls(seed);
  rolled.set(seed, rolls);
  return new Dice(rolls);
}

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}
