import { AppError } from "@/lib/diagnosis/app-error";

/** How often in one window of time; an office may stand behind an address. */
export interface AttemptRules {
  perAddress: number;
  inTotal: number;
  windowMs: number;
}

const RULES: AttemptRules = { perAddress: 30, inTotal: 300, windowMs: 60_000 };

/**
 * What anybody may begin without showing who they are, and what has somebody else asked for it each time: counted by address and in total, in
 * this process, since nothing of it shall be written. Nothing is kept of an address past its window, and in one of no more addresses than may
 * begin anything at all.
 */
export class AttemptLimits {
  readonly #rules: AttemptRules;
  #until = 0;
  #total = 0;
  readonly #byAddress = new Map<string, number>();

  constructor(rules: AttemptRules = RULES) {
    this.#rules = rules;
  }

  /** Counts one. `nowMs`: of a clock that may be set back. Throws `rate_limited`/`too_many_attempts` with the `seconds` to wait. */
  begin(address: string, nowMs: number): void {
    const { perAddress, inTotal, windowMs } = this.#rules;
    if (nowMs >= this.#until || nowMs < this.#until - windowMs) {
      this.#until = nowMs + windowMs;
      this.#total = 0;
      this.#byAddress.clear();
    }
    const own = this.#byAddress.get(address) ?? 0;
    if (own >= perAddress || this.#total >= inTotal) {
      const seconds = Math.ceil((this.#until - nowMs) / 1000);
      throw new AppError("rate_limited", "too_many_attempts", { seconds });
    }
    this.#byAddress.set(address, own + 1);
    this.#total += 1;
  }
}
