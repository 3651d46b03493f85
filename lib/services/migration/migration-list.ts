import type { MigrationListView } from "@/lib/contracts/migration-list";
import type { ListHistory, ListStamp } from "./list-history";
import {
  isGapAtRest,
  isSummarised,
  type Listed,
  type ReadingFacts,
  type Summarised,
  summaryJson,
  summaryOf,
} from "./listed-row";

interface ListFacts extends ReadingFacts {
  /** How many there are beside these. */
  others: number;
}

/** One reading of the list of all migrations, as values or as JSON, whole or as what has changed since an earlier one. */
export class MigrationList {
  private constructor(
    private readonly rows: readonly Listed[],
    private readonly summarised: readonly Summarised[],
    private readonly facts: ListFacts,
    private readonly stamp: ListStamp,
  ) {}

  /** `history`: of the readings of the same list, in which this one is noted. */
  static of(rows: readonly Listed[], facts: ListFacts, history: ListHistory): MigrationList {
    const summarised = rows.filter(isSummarised);
    return new MigrationList(rows, summarised, facts, history.note(summarised, facts));
  }

  /** How many it shows. */
  get size(): number {
    return this.rows.length;
  }

  /** The same reading, told a moment later: gaps have grown. */
  asOf(now: Date): MigrationList {
    return new MigrationList(this.rows, this.summarised, { ...this.facts, now }, this.stamp);
  }

  view(): MigrationListView {
    return { migrations: this.summarised.map((row) => summaryOf(row, this.facts)), ...this.rest() };
  }

  /** The same as a text that `MigrationListView` parses. */
  json(): string {
    return jsonOf({ migrations: this.jsonsOf(this.summarised) }, this.rest());
  }

  /** What has changed since the reading of a cursor, or all of it, as a text that `MigrationListChanges` parses. */
  changesJson(cursor: string): string {
    const { since, gone, versionOf } = this.stamp;
    const known = versionOf(cursor);
    const rest = {
      whole: known === null,
      gone: known === null ? [] : gone.flatMap(([id, version]) => (version > known ? [id] : [])),
      gapsAtRest: this.summarised.filter(isGapAtRest).map(({ columns: { id } }) => id),
      ...this.rest(),
    };
    const changed = this.summarised.filter((_, at) => known === null || (since[at] ?? 0) > known);
    return jsonOf({ migrations: this.jsonsOf(changed) }, rest);
  }

  private jsonsOf(rows: readonly Summarised[]): string {
    return `[${rows.map((row) => summaryJson(row, this.facts)).join(",")}]`;
  }

  private rest(): Omit<MigrationListView, "migrations"> & { cursor: string } {
    const { others, now } = this.facts;
    const unreadable = this.rows.flatMap(({ columns: { id, name }, kept }) =>
      "column" in kept ? [{ id, name, at: kept }] : [],
    );
    return { unreadable, others, serverNow: now.toISOString(), cursor: this.stamp.cursor };
  }
}

/** Of a part that is JSON already, and others. */
function jsonOf({ migrations }: { migrations: string }, rest: object): string {
  return `{"migrations":${migrations},${JSON.stringify(rest).slice(1)}`;
}
