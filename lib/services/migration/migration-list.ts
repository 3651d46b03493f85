import type { z } from "zod";
import { ForecastView } from "@/lib/contracts/forecast";
import { type MigrationListView, MigrationSummaryView } from "@/lib/contracts/migration-list";
import { type ImportsUsed, NO_IMPORTS } from "@/lib/migration/import-budget";
import type { KeptForecasts } from "@/lib/plan/kept-forecast";
import type { KeptSummary } from "@/lib/plan/kept-summary";
import { type SummaryColumns, toPassingSummary, toStandingSummary } from "./migration-view";

export type Unreadable = MigrationListView["unreadable"][number]["at"];

/** A migration as it was read; never changed, another one when it is read again. */
export interface Listed {
  /** Of the row and of its source's name as they were read; another one: read again. */
  mark: string;
  columns: SummaryColumns;
  kept: KeptSummary | Unreadable;
}

export type Summarised = Listed & { kept: KeptSummary };

export function isSummarised(row: Listed): row is Summarised {
  return !("column" in row.kept);
}

interface ListFacts {
  forecasts: KeptForecasts;
  importsUsed: (instanceId: string, databaseName: string) => ImportsUsed;
  now: Date;
  /** How many there are beside these. */
  others: number;
}

/** But for what changes while nothing happens: the same until the migration is read again. */
const Standing = MigrationSummaryView.omit({
  ...{ gapSeconds: true, importsToday: true, forecast: true, forecastPending: true },
});

/** JSON of what stays of a migration, without its last brace: of a thousand a list makes no other. */
const standingTexts = new WeakMap<Summarised, string>();
const forecastTexts = new WeakMap<ForecastView, string>();
const texts = new WeakMap<
  Summarised,
  Pick<ListFacts, "importsUsed"> & { second: number; forecast: ForecastView | null; text: string }
>();

/** One reading of the list of all migrations, as values or as JSON. */
export class MigrationList {
  constructor(
    private readonly rows: readonly Listed[],
    private readonly facts: ListFacts,
  ) {}

  view(): MigrationListView {
    const { others, now } = this.facts;
    const migrations = this.rows
      .filter(isSummarised)
      .map((row) => ({ ...toStandingSummary(row), ...passingOf(row, this.facts) }));
    return { migrations, unreadable: this.unreadable(), others, serverNow: now.toISOString() };
  }

  /** The same as a text that `MigrationListView` parses: what stays of a migration is written once, after its contract has parsed it. */
  json(): string {
    const { others, now } = this.facts;
    const migrations = this.rows.filter(isSummarised).map((row) => jsonOf(row, this.facts));
    const rest = JSON.stringify({ unreadable: this.unreadable(), others, serverNow: now.toISOString() });
    return `{"migrations":[${migrations.join(",")}],${rest.slice(1)}`;
  }

  private unreadable(): MigrationListView["unreadable"] {
    return this.rows.flatMap(({ columns: { id, name }, kept }) =>
      "column" in kept ? [{ id, name, at: kept }] : [],
    );
  }
}

function passingOf(
  { columns, kept }: Summarised,
  { forecasts, importsUsed, now }: ListFacts,
): Omit<MigrationSummaryView, keyof z.infer<typeof Standing>> {
  const { id, instanceId, targetDatabase, startedAt } = columns;
  const isCounted = startedAt !== null && instanceId !== null && targetDatabase !== null;
  const importsToday = isCounted ? importsUsed(instanceId, targetDatabase) : NO_IMPORTS;
  const forecast = kept.ground && forecasts.newest(id);
  return {
    ...toPassingSummary({ columns, kept, importsToday, forecast, now }),
    ...(kept.ground !== null && forecast === null ? { forecastPending: true } : {}),
  };
}

/** Of a second one text: a list of a thousand is asked for several times in it. */
function jsonOf(row: Summarised, facts: ListFacts): string {
  const { now, importsUsed, forecasts } = facts;
  const second = Math.floor(now.getTime() / 1_000);
  const forecast = forecasts.newest(row.columns.id);
  const before = texts.get(row);
  if (before?.second === second && before.importsUsed === importsUsed && before.forecast === forecast)
    return before.text;
  const passing = passingOf(row, facts);
  const { forecast: shown, ...rest } = passing;
  const text = `${standingText(row)},"forecast":${forecastText(shown)},${JSON.stringify(rest).slice(1)}`;
  texts.set(row, { second, importsUsed, forecast, text });
  return text;
}

function standingText(row: Summarised): string {
  let text = standingTexts.get(row);
  if (text === undefined) {
    text = JSON.stringify(Standing.parse(toStandingSummary(row))).slice(0, -1);
    standingTexts.set(row, text);
  }
  return text;
}

function forecastText(forecast: ForecastView | null): string {
  if (forecast === null) return "null";
  let text = forecastTexts.get(forecast);
  if (text === undefined) {
    text = JSON.stringify(ForecastView.parse(forecast));
    forecastTexts.set(forecast, text);
  }
  return text;
}
