/** Windows of about two seconds; the last ten tell how steady the line is. */
const WINDOW_MS = 2_000;
const WINDOWS = 10;

export interface TransferRate {
  bytesPerSecond: number | null;
  /** Seconds until the rest is sent, at the better and at the worse of the recent rates. */
  remaining: { least: number; most: number } | null;
}

/** How fast bytes go, and when the rest will have gone: as a range, because a line is never steady. */
export class RateMeter {
  private readonly rates: number[] = [];
  private startedAt: number | null = null;
  private bytes = 0;

  /** Counts bytes that went by `nowMs`. */
  count(bytes: number, nowMs: number): void {
    this.startedAt ??= nowMs;
    this.bytes += bytes;
    const elapsed = nowMs - this.startedAt;
    if (elapsed < WINDOW_MS) return;
    this.rates.push((this.bytes / elapsed) * 1000);
    if (this.rates.length > WINDOWS) this.rates.shift();
    this.startedAt = nowMs;
    this.bytes = 0;
  }

  /** A pause is no slow line: what was counted of the open window is dropped. */
  interrupt(): void {
    this.startedAt = null;
    this.bytes = 0;
  }

  read(leftBytes: number): TransferRate {
    if (this.rates.length === 0) return { bytesPerSecond: null, remaining: null };
    const sorted = [...this.rates].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
    const mean = this.rates.reduce((sum, rate) => sum + rate, 0) / this.rates.length;
    const worse = Math.min(at(0.1), mean * 0.9);
    const better = Math.max(at(0.9), mean * 1.1);
    if (worse <= 0) return { bytesPerSecond: mean, remaining: null };
    return { bytesPerSecond: mean, remaining: { least: leftBytes / better, most: leftBytes / worse } };
  }
}
