const WINDOW_MS = 1_000;
const HOLD_WINDOWS = 15;
const HOLD_AFTER_TROUBLE_MS = 5_000;
/** A lane more must bring this much to stay. */
const WORTH_IT = 1.04;

/**
 * How many parts to have in flight: one more while that makes it faster, one back when it did not, half after a
 * failure. Told the time by its caller; milliseconds.
 */
export class LaneGovernor {
  readonly #most: number;
  #target: number;
  #windowFrom: number | null = null;
  #bytes = 0;
  #parts = 0;
  #rate = 0;
  #trial = false;
  #holdWindows = 0;
  #holdUntil = 0;
  #highest: number;

  constructor(input: { first: number; most: number }) {
    this.#most = Math.max(1, input.most);
    this.#target = Math.min(this.#most, Math.max(1, input.first));
    this.#highest = this.#target;
  }

  get target(): number {
    return this.#target;
  }

  /** The most there ever were. */
  get highest(): number {
    return this.#highest;
  }

  /** A part arrived. `limited`: a bandwidth limit holds, more lanes bring nothing. */
  onPart(bytes: number, now: number, limited: boolean): void {
    this.#windowFrom ??= now;
    this.#bytes += bytes;
    this.#parts += 1;
    const elapsed = now - this.#windowFrom;
    if (elapsed < WINDOW_MS || this.#parts < 2 * this.#target) return;
    const rate = this.#bytes / elapsed;
    this.#windowFrom = now;
    this.#bytes = 0;
    this.#parts = 0;
    const held = limited || now < this.#holdUntil;
    if (!held && this.#trial && rate < this.#rate * WORTH_IT) {
      this.#trial = false;
      this.#target = Math.max(1, this.#target - 1);
      this.#holdWindows = HOLD_WINDOWS;
    } else if (held || this.#holdWindows > 0) {
      this.#trial = false;
      this.#rate = rate;
      this.#holdWindows = Math.max(0, this.#holdWindows - 1);
    } else {
      this.#tryOneMore(rate);
    }
  }

  /** A connection was lost, OSS was overloaded or asked to slow down. Counts once in a while, however many fail together. */
  onTrouble(now: number): void {
    this.#trial = false;
    if (now < this.#holdUntil) return;
    this.#holdUntil = now + HOLD_AFTER_TROUBLE_MS;
    this.#target = Math.max(1, Math.floor(this.#target / 2));
    this.#windowFrom = null;
    this.#bytes = 0;
    this.#parts = 0;
  }

  #tryOneMore(rate: number): void {
    this.#rate = rate;
    this.#trial = this.#target < this.#most;
    if (this.#trial) this.#target += 1;
    this.#highest = Math.max(this.#highest, this.#target);
  }
}
