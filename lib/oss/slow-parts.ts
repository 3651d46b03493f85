const SAMPLES = 16;
const ENOUGH = 4;

interface InFlight {
  sizeBytes: number;
  startedAt: number;
  peersBefore: number;
  abort(): void;
}

/**
 * Finds parts that take far longer than their peers: a connection that is not lost but moves nothing. Such a part is
 * sent anew on another connection. Milliseconds, told by the caller.
 */
export class SlowParts {
  readonly #floorMs: number;
  readonly #inFlight = new Map<number, InFlight>();
  readonly #perByte: number[] = [];
  readonly #allowances = new Map<number, number>();
  #finished = 0;

  constructor(floorMs: number) {
    this.#floorMs = floorMs;
  }

  started(number: number, sizeBytes: number, now: number, abort: () => void): void {
    this.#inFlight.set(number, { sizeBytes, startedAt: now, peersBefore: this.#finished, abort });
  }

  ended(number: number, now: number, arrived: boolean): void {
    const part = this.#inFlight.get(number);
    this.#inFlight.delete(number);
    if (!part || !arrived) return;
    this.#finished += 1;
    this.#perByte.push((now - part.startedAt) / part.sizeBytes);
    if (this.#perByte.length > SAMPLES) this.#perByte.shift();
  }

  /** A bandwidth limit changed: what parts took before says nothing any more. */
  forget(): void {
    this.#perByte.length = 0;
    for (const part of this.#inFlight.values()) part.peersBefore = Number.POSITIVE_INFINITY;
  }

  /** Aborts what is stuck. Each time a part is aborted it is allowed twice as long the next time. */
  check(now: number): void {
    if (this.#perByte.length < ENOUGH) return;
    const usual = [...this.#perByte].sort((a, b) => a - b)[Math.floor(this.#perByte.length / 2)] ?? 0;
    for (const [number, part] of this.#inFlight) {
      const factor = this.#allowances.get(number) ?? 5;
      const allowed = Math.max(this.#floorMs, factor * usual * part.sizeBytes);
      if (now - part.startedAt <= allowed || this.#finished < part.peersBefore + ENOUGH) continue;
      this.#allowances.set(number, factor * 2);
      this.#inFlight.delete(number);
      part.abort();
    }
  }
}
