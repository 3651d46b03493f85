const WINDOW_MS = 5_000;
const STEP_MS = 250;

/** Bytes a second over the last seconds. Milliseconds are told by the caller. */
export class RateMeter {
  readonly #marks: { at: number; bytes: number }[] = [];
  #bytes = 0;

  add(bytes: number, now: number): void {
    this.#bytes += bytes;
    const last = this.#marks.at(-1);
    if (last && now - last.at < STEP_MS) return;
    this.#marks.push({ at: now, bytes: this.#bytes });
    while (this.#marks.length > 2 && now - (this.#marks[1]?.at ?? now) >= WINDOW_MS) this.#marks.shift();
  }

  /** Null until there is something to tell. */
  bytesPerSecond(now: number): number | null {
    const first = this.#marks[0];
    if (!first || now - first.at < STEP_MS) return null;
    return Math.max(0, Math.round(((this.#bytes - first.bytes) * 1000) / (now - first.at)));
  }
}
