import type { MeasuredRound } from "./measured-round";
import { putNewest } from "./put-newest";

interface Kept<T> {
  rounds: readonly MeasuredRound[];
  value: T;
}

/**
 * What was made of rounds, for who asks for the same again: to learn from thirty rounds costs twenty times what it costs to
 * draw a forecast, and a list asks for hundreds of forecasts every few seconds. What was not asked for longest goes first.
 */
export class ByRounds<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** `also`: all else that `make` reads. */
  of(rounds: readonly MeasuredRound[], also: string, make: () => T): T {
    const newest = rounds.at(-1);
    // Only a place to look: that the rounds are the same is seen by themselves.
    const key = `${rounds.length} ${newest?.startedAtMs} ${newest?.bytes} ${newest?.importSeconds} ${also}`;
    const found = this.#kept.get(key);
    const kept = found && areSame(found.rounds, rounds) ? found : { rounds, value: make() };
    putNewest(this.#kept, key, kept, this.#most);
    return kept.value;
  }
}

function areSame(some: readonly MeasuredRound[], others: readonly MeasuredRound[]): boolean {
  return (
    some === others ||
    (some.length === others.length &&
      some.every((one, index) => {
        const other = others[index];
        return (
          other !== undefined &&
          one.startedAtMs === other.startedAtMs &&
          one.bytes === other.bytes &&
          one.type === other.type &&
          one.backupSeconds === other.backupSeconds &&
          one.uploadSeconds === other.uploadSeconds &&
          one.importSeconds === other.importSeconds
        );
      }))
  );
}
