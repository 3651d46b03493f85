import { randomUUID } from "node:crypto";
import type { ForecastView } from "@/lib/contracts/forecast";
import {
  isCountedAgain,
  isSaidAgain,
  type ReadingFacts,
  type Said,
  type Summarised,
  saidOf,
} from "./listed-row";

/** Of migrations that a list shows no more: who has not asked since the oldest of so many left it gets all of it. */
const MOST_GONE = 1_000;

interface Shown extends Said {
  newest: ForecastView | null;
  importsUsed: ReadingFacts["importsUsed"];
  /** The version of the list in which it said something else for the last time. */
  since: number;
}

/** What changed when, as one reading of the list found it. */
export interface ListStamp {
  /** Who has the list of this reading says it when they ask for what changed. */
  cursor: string;
  /** Of each migration of the reading, in its order: the version of the list since which it says what it says. */
  since: readonly number[];
  gone: readonly (readonly [id: string, version: number])[];
  /** The version that a cursor was given with; null: none of this history, or so old that what has gone since is forgotten. */
  versionOf(cursor: string): number | null;
}

/**
 * Which of a list's migrations say something else than before, by versions of the list: one more whenever a reading finds a difference. A
 * cursor names the history and a version. A history is of one process, one store and one person's limits; another has another name.
 */
export class ListHistory {
  private readonly name = randomUUID();
  private readonly shown = new Map<string, Shown>();
  private readonly gone = new Map<string, number>();
  private version = 0;
  private oldest = 0;

  /** Of all migrations of a reading, in its order. Readings are noted one after the other, as they were made. */
  note(rows: readonly Summarised[], facts: ReadingFacts): ListStamp {
    const version = this.version + 1;
    const since = rows.map((row) => this.see(row, facts, version));
    const haveGone = this.shown.size > rows.length;
    if (haveGone) this.forget(new Set(rows.map(({ columns: { id } }) => id)), version);
    if (haveGone || since.includes(version)) this.version = version;
    const { name, oldest, version: newest } = this;
    return {
      cursor: `${name}.${newest}`,
      since,
      gone: [...this.gone],
      versionOf: (cursor) => {
        const [of, asked] = cursor.split(".");
        const known = Number(asked);
        return of === name && known >= oldest && known <= newest ? known : null;
      },
    };
  }

  /** The version since which it says what it says. */
  private see(row: Summarised, facts: ReadingFacts, version: number): number {
    const { id } = row.columns;
    const { importsUsed, forecasts } = facts;
    const newest = forecasts.newest(id);
    const before = this.shown.get(id);
    // Of nearly all, without a look at what else they say.
    if (
      before?.row === row &&
      before.newest === newest &&
      (before.importsUsed === importsUsed || isCountedAgain(before.importsToday, row, importsUsed))
    ) {
      before.importsUsed = importsUsed;
      return before.since;
    }
    const said = saidOf(row, facts);
    const since = before !== undefined && isSaidAgain(before, said) ? before.since : version;
    this.shown.set(id, { ...said, newest, importsUsed, since });
    this.gone.delete(id);
    return since;
  }

  /** All but those that are listed. */
  private forget(listed: ReadonlySet<string>, version: number): void {
    for (const id of this.shown.keys()) {
      if (listed.has(id)) continue;
      this.shown.delete(id);
      this.gone.set(id, version);
    }
    for (const [id, then] of this.gone) {
      if (this.gone.size <= MOST_GONE) return;
      this.gone.delete(id);
      this.oldest = then;
    }
  }
}
