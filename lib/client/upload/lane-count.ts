const FEWEST = 3;
const MOST = 6;
/** One more lane must bring this much, or it is not worth its memory. */
const WORTH = 1.06;

/**
 * How many parts go at once: begins low, tries one more after each full set of parts, keeps it while it brings speed,
 * and takes one away when OSS or the line complains.
 */
export class LaneCount {
  private lanes = FEWEST;
  private settled = false;
  private sent = 0;
  private since: number | null = null;
  private before = 0;

  get value(): number {
    return this.lanes;
  }

  /** A part of so many bytes has gone. */
  arrived(bytes: number, nowMs: number): void {
    if (this.since === null) {
      this.since = nowMs;
      return;
    }
    this.sent += bytes;
    const elapsed = nowMs - this.since;
    if (this.settled || this.sent < bytes * this.lanes * 2 || elapsed <= 0) return;
    const rate = this.sent / elapsed;
    if (rate < this.before * WORTH) {
      this.settled = true;
      this.lanes = Math.max(FEWEST, this.lanes - 1);
    } else if (this.lanes < MOST) {
      this.before = rate;
      this.lanes += 1;
    }
    this.sent = 0;
    this.since = nowMs;
  }

  /** Throttled or cut off: one lane less, and no more tries for now. */
  complained(): void {
    this.lanes = Math.max(FEWEST, this.lanes - 1);
    this.settled = true;
  }
}
