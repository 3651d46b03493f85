/** How long a wait may last before the rate is looked at again, milliseconds. */
const LONGEST_WAIT_MS = 200;
const SMALLEST_PIECE = 4 * 1024;
const LARGEST_PIECE = 4 * 1024 * 1024;

interface Waiter {
  bytes: number;
  settle(): void;
}

/** Lets bytes through at a rate that may change at any time; what waits is served in the order of asking. */
export class ByteLimiter {
  #bytesPerSecond: number | null = null;
  #credit = 0;
  #at = performance.now();
  #timer: NodeJS.Timeout | null = null;
  readonly #waiting: Waiter[] = [];

  get bytesPerSecond(): number | null {
    return this.#bytesPerSecond;
  }

  /** Bytes a second; null: no limit. Holds from now on, for what waits already too. */
  setRate(bytesPerSecond: number | null): void {
    if (bytesPerSecond === this.#bytesPerSecond) return;
    this.#refill();
    this.#bytesPerSecond = bytesPerSecond;
    this.#credit = Math.min(this.#credit, 0);
    this.#serve();
  }

  /** How much to ask for at once, so that the flow is even: a twentieth of a second's worth. */
  pieceBytes(): number {
    const rate = this.#bytesPerSecond;
    if (rate === null) return LARGEST_PIECE;
    return Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, Math.floor(rate / 20)));
  }

  /** Resolves when these bytes may go. */
  async take(bytes: number): Promise<void> {
    if (this.#bytesPerSecond === null && this.#waiting.length === 0) return;
    await new Promise<void>((settle) => {
      this.#waiting.push({ bytes, settle });
      this.#serve();
    });
  }

  #refill(): void {
    const now = performance.now();
    const rate = this.#bytesPerSecond ?? 0;
    this.#credit = Math.min(rate / 10, this.#credit + (rate * (now - this.#at)) / 1000);
    this.#at = now;
  }

  #serve(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#refill();
    while (this.#waiting.length > 0) {
      const rate = this.#bytesPerSecond;
      if (rate !== null && this.#credit < 0) {
        const wait = Math.min(LONGEST_WAIT_MS, Math.max(1, (-this.#credit / rate) * 1000));
        this.#timer = setTimeout(() => this.#serve(), wait);
        return;
      }
      const next = this.#waiting.shift();
      if (!next) return;
      if (rate !== null) this.#credit -= next.bytes;
      next.settle();
    }
  }
}
