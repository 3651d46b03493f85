import type { z } from "zod";
import { ForecastView } from "@/lib/contracts/forecast";
import { type MigrationListView, MigrationSummaryView } from "@/lib/contracts/migration-list";
import { type ImportsUsed, NO_IMPORTS, tighterBudget } from "@/lib/migration/import-budget";
import type { KeptForecasts } from "@/lib/plan/kept-forecast";
import type { KeptSummary } from "@/lib/plan/kept-summary";
import { gapSecondsOf, type SummaryColumns, toPassingSummary, toStandingSummary } from "./migration-view";

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

/** What a reading of the list says of its migrations beside what was read of each. */
export interface ReadingFacts {
  forecasts: Pick<KeptForecasts, "newest">;
  importsUsed: (instanceId: string, databaseName: string) => ImportsUsed;
  now: Date;
}

/** But for what changes while nothing happens: the same until the migration is read again. */
const Standing = MigrationSummaryView.omit({
  ...{ gapSeconds: true, importsToday: true, forecast: true, forecastPending: true },
});
type ImportsToday = MigrationSummaryView["importsToday"];
type Passing = Omit<MigrationSummaryView, keyof z.infer<typeof Standing>>;

/** JSON of what stays of a migration, without its last brace: of a thousand a list makes no other. */
const standingTexts = new WeakMap<Summarised, string>();
const forecastTexts = new WeakMap<ForecastView, string>();
const texts = new WeakMap<
  Summarised,
  {
    gapSeconds: number | null;
    forecast: ForecastView | null;
    importsToday: ImportsToday;
    text: string;
  }
>();

export function summaryOf(row: Summarised, facts: ReadingFacts): MigrationSummaryView {
  return { ...toStandingSummary(row), ...passingOf(row, facts) };
}

function passingOf(row: Summarised, { forecasts, importsUsed, now }: ReadingFacts): Passing {
  const { columns, kept } = row;
  const forecast = kept.ground && forecasts.newest(columns.id);
  return {
    ...toPassingSummary({ columns, kept, importsToday: importsOf(row, importsUsed), forecast, now }),
    ...(kept.ground !== null && forecast === null ? { forecastPending: true } : {}),
  };
}

function importsOf({ columns }: Summarised, importsUsed: ReadingFacts["importsUsed"]): ImportsUsed {
  const { instanceId, targetDatabase, startedAt } = columns;
  const isCounted = startedAt !== null && instanceId !== null && targetDatabase !== null;
  return isCounted ? importsUsed(instanceId, targetDatabase) : NO_IMPORTS;
}

/** Counted again, it comes to what was told. */
export function isCountedAgain(
  told: ImportsToday,
  row: Summarised,
  importsUsed: ReadingFacts["importsUsed"],
): boolean {
  return isSameBudget(told, tighterBudget(importsOf(row, importsUsed)));
}

function isSameBudget(a: ImportsToday, b: ImportsToday): boolean {
  return a.used === b.used && a.limit === b.limit;
}

/**
 * The same as a text that its contract parses: what stays of a migration is written once, after the contract has parsed it, and the
 * whole when any of it has changed: a list of a thousand is asked for several times a second.
 */
export function summaryJson(row: Summarised, facts: ReadingFacts): string {
  const { now, importsUsed, forecasts } = facts;
  const gapSeconds = gapSecondsOf({ ...row, now });
  const forecast = forecasts.newest(row.columns.id);
  const before = texts.get(row);
  if (
    before?.gapSeconds === gapSeconds &&
    before.forecast === forecast &&
    isCountedAgain(before.importsToday, row, importsUsed)
  )
    return before.text;
  const { forecast: shown, ...rest } = passingOf(row, facts);
  const text = `${standingText(row)},"forecast":${forecastText(shown)},${JSON.stringify(rest).slice(1)}`;
  texts.set(row, { gapSeconds, forecast, importsToday: rest.importsToday, text });
  return text;
}

/** Writes have stopped, and it is not online: the gap is one, and grows no more. */
export function isGapAtRest({ columns, kept }: Summarised): boolean {
  return kept.heldUntil.untilMs !== null && columns.writesStoppedAt !== null && columns.onlineAt === null;
}

/** What a reading says of a migration, but for a gap that grows with time. */
export interface Said {
  row: Summarised;
  forecast: ForecastView | null;
  importsToday: ImportsToday;
}

export function saidOf(row: Summarised, facts: ReadingFacts): Said {
  const { forecast, importsToday } = passingOf(row, facts);
  return { row, forecast, importsToday };
}

export function isSaidAgain(before: Said, now: Said): boolean {
  return (
    isSameBudget(before.importsToday, now.importsToday) &&
    gapStoppedAt(before.row) === gapStoppedAt(now.row) &&
    (before.row.kept.ground === null) === (now.row.kept.ground === null) &&
    forecastText(before.forecast) === forecastText(now.forecast) &&
    standingText(before.row) === standingText(now.row)
  );
}

/** Beside what its standing says: when the gap ceased to grow, milliseconds since 1970; null: not yet; `none`: there is none any more. */
function gapStoppedAt({ columns: { writesStoppedAt, onlineAt } }: Summarised): number | "none" | null {
  return onlineAt === null ? (writesStoppedAt?.getTime() ?? null) : "none";
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
