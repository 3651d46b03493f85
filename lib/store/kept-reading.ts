import { nextReading } from "./next-reading";

/** How long an answer is kept for others, how soon it is read anew, and for how long after somebody has asked. Milliseconds. */
export interface Keeping {
  oldestMs: number;
  everyMs: number;
  askedMs: number;
}

/**
 * A reading that many ask for again and again. Where it is `worthKeeping` it is read anew behind them, so that who asks has an answer at once; it
 * was begun at most `oldestMs` ago, and after `changed` was called last. Any other is read when it is asked for, and shared by all who ask meanwhile.
 * Rejects as `read` does; what fails behind is read again for who asks next.
 */
export class KeptReading<Input, Answer> {
  private readonly next: (input: Input) => Promise<Answer>;
  private kept: { answer: Answer; beganMs: number } | null = null;
  private changedMs = Number.NEGATIVE_INFINITY;
  private askedMs = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    read: (input: Input) => Promise<Answer>,
    private readonly worthKeeping: (answer: Answer) => boolean,
    private readonly keeping: Keeping,
  ) {
    this.next = nextReading(read);
  }

  async ask(input: Input): Promise<Answer> {
    const nowMs = performance.now();
    this.askedMs = nowMs;
    const { kept } = this;
    if (kept !== null && kept.beganMs > this.changedMs && nowMs - kept.beganMs <= this.keeping.oldestMs)
      return kept.answer;
    return this.read(input);
  }

  /** What was read before is no answer any more. */
  changed(): void {
    this.changedMs = performance.now();
  }

  private async read(input: Input): Promise<Answer> {
    const beganMs = performance.now();
    const answer = await this.next(input);
    if (!this.worthKeeping(answer)) this.kept = null;
    else if (this.kept === null || beganMs >= this.kept.beganMs) {
      this.kept = { answer, beganMs };
      this.readAgain(input);
    }
    return answer;
  }

  private readAgain(input: Input): void {
    if (this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      if (performance.now() - this.askedMs > this.keeping.askedMs) this.kept = null;
      else
        this.read(input).catch(() => {
          this.kept = null;
        });
    }, this.keeping.everyMs).unref();
  }
}
