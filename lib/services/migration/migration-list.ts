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
  private readonly summarised: readonly Summarised[];
  private readonly stamp: ListStamp;

  constructor(
    private readonly rows: readonly Listed[],
    private readonly facts: ListFacts,
    history: ListHistory,
  ) {
    this.summarised = rows.filter(isSummarised);
    this.stamp = history.note(this.summarised, facts);
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
