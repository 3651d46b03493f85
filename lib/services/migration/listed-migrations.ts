import { setImmediate } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import { newestFirst } from "@/lib/migration/newest-first";
import { countAllImportsToday } from "@/lib/once/count-imports";
import { SLACK_OF_MANY } from "@/lib/plan/kept-forecast";
import { freshSummary, type KeptSummary, summarise } from "@/lib/plan/kept-summary";
import { AIMED_KINDS, OBJECTING_KINDS } from "@/lib/plan/step-definitions";
import type { Prisma } from "@/lib/store/generated/client";
import { keepSummaries } from "@/lib/store/keep-summaries";
import { countMigrations, type ListMark, readListMarks } from "@/lib/store/list-marks";
import { WITH_ALARMS } from "@/lib/store/migration-rows";
import { packFiles, packSteps, unpackFiles, unpackSteps } from "@/lib/store/packed-rows";
import { unreadableIn } from "@/lib/store/read-column";
import { readAlarm, readMigration } from "@/lib/store/typed-rows";
import { forecastsOf } from "./forecasts-of";
import type { ListHistory } from "./list-history";
import { isSummarised, type Listed, type Summarised, type Unreadable } from "./listed-row";
import { MigrationList } from "./migration-list";
import { forecastFacts } from "./migration-view";

const COLUMNS = {
  id: true,
  name: true,
  sandbox: true,
  sourceConnectionId: true,
  sourceDatabase: true,
  cloudConnectionId: true,
  instanceId: true,
  targetDatabase: true,
  writesStoppedAt: true,
  armed: true,
  onlineAt: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  createdBy: true,
  version: true,
  summary: true,
  summaryOf: true,
  source: { select: { name: true } },
} as const;

/** Forecasts that one answer waits for, milliseconds; what is left is made behind it, in portions as long. */
const FORECASTS_MS = 5;
/** Summaries between which others are answered. */
const SUMMARIES_AT_ONCE = 20;
/** Between two portions of those: the process has others to answer. */
const BEHIND_MS = 120;
/**
 * To count the imports of a day of a thousand migrations, and ten thousand that are over, takes longer than all else that a list reads:
 * as often as a page asks for a list of so many.
 */
const COUNT_MS = 5_000;
/** Of fewer all is counted for each answer, and forecasts are made anew sooner. */
const MANY = 200;
/** Between two looks at which forecasts are due: of few, and of very many, where one is not due for a minute. */
const CHECK_MS = { few: 1_000, many: 5_000 };
/** In so many parts of that time: to look at a thousand at once would hold up whoever asks for something else. */
const TURNS = 5;
/** Of migrations that no list shows any more. */
const MOST_KEPT = 5_000;

interface Counted {
  atMs: number;
  importsUsed: Awaited<ReturnType<typeof countAllImportsToday>>;
  /** Migrations altogether. */
  all: number;
}

/**
 * Migrations as the list shows them, by what was read of them before: an answer reads one mark a migration, and what has changed since the answer
 * before. Nothing that is shown is older than the answer, but a forecast, which is made anew when it is due, and, of very many, what is counted: by five seconds.
 */
export class ListedMigrations {
  private readonly byId = new Map<string, Listed>();
  private counted: Counted | null = null;
  private behind: Summarised[] = [];
  /** When each is to be looked at again, by `performance.now()`. */
  private readonly checkAtMs = new WeakMap<Listed, number>();

  /**
   * Newest first, those that may still go on and the newest of those that are over and not put away; `scope`: conditions of the table
   * `m`; `history`: of the readings of this scope, one after the other.
   */
  async read(ctx: Ctx, scope: readonly Prisma.Sql[], history: ListHistory): Promise<MigrationList> {
    const listed = await readListMarks(ctx.db, scope);
    const now = ctx.now();
    const known = await this.readChanged(ctx, listed, now);
    const { all, importsUsed } = await this.count(ctx, scope, { listed: listed.length, now });
    const rows = listed
      .flatMap(([id]) => known.get(id) ?? [])
      .sort((a, b) => newestFirst(a.columns, b.columns));
    this.makeForecasts(ctx, rows, now);
    if (rows.length >= MANY) await setImmediate();
    if (scope.length === 0) this.forgetAllBut(listed);
    const facts = { forecasts: forecastsOf(ctx.db), importsUsed, now, others: all - listed.length };
    return MigrationList.of(rows, facts, history);
  }

  /** Whoever is about to import counts by themselves. */
  private async count(
    ctx: Ctx,
    scope: readonly Prisma.Sql[],
    { listed, now }: { listed: number; now: Date },
  ): Promise<Counted> {
    const atMs = performance.now();
    const isKept = listed >= MANY && scope.length === 0;
    if (isKept && this.counted !== null && atMs - this.counted.atMs <= COUNT_MS) return this.counted;
    const importsUsed = await countAllImportsToday(ctx.db, now);
    const counted = { atMs, importsUsed, all: await countMigrations(ctx.db, scope) };
    if (isKept) this.counted = counted;
    return counted;
  }

  /** Those of the list as they are now: what is known of them, or what is read. Others may read beside it. */
  private async readChanged(ctx: Ctx, listed: readonly ListMark[], now: Date): Promise<Map<string, Listed>> {
    const known = new Map<string, Listed>();
    const marks = new Map<string, string>();
    for (const [id, mark] of listed) {
      const row = this.byId.get(id);
      if (row !== undefined && isCurrent(row, mark, now)) known.set(id, row);
      else marks.set(id, mark);
    }
    if (marks.size === 0) return known;
    const rows = await ctx.db.migration.findMany({
      where: { id: { in: [...marks.keys()] } },
      select: COLUMNS,
    });
    const fresh = new Map(rows.map((row) => [row.id, freshSummary(row, now.getTime())]));
    const stale = rows.filter(({ id }) => fresh.get(id) === null).map(({ id }) => id);
    const made = await makeSummaries(ctx, stale, now);
    for (const columns of rows) {
      const { id } = columns;
      const kept = fresh.get(id) ?? made.get(id);
      // Deleted since the first look.
      if (kept === undefined) continue;
      const row: Listed = { mark: marks.get(id) ?? "", columns, kept };
      known.set(id, row);
      this.byId.set(id, row);
    }
    return known;
  }

  /** Of those that have none first; what takes too long is made behind the answer. */
  private makeForecasts(ctx: Ctx, rows: readonly Listed[], now: Date): void {
    const timeFactor = timeFactorOf(ctx);
    const forecasts = forecastsOf(ctx.db);
    const slack = rows.length >= MANY ? SLACK_OF_MANY : undefined;
    const due = this.unchecked(rows).filter((row) => {
      const { ground, ...facts } = forecastFacts({ ...row, now, timeFactor });
      return ground !== null && forecasts.isDue(row.columns.id, ground, facts, slack);
    });
    const isThere = ({ columns }: Listed) => Number(forecasts.newest(columns.id) !== null);
    this.makeDue(
      ctx,
      due.sort((a, b) => isThere(a) - isThere(b)),
    );
  }

  private makeDue(ctx: Ctx, due: readonly Summarised[]): void {
    const [now, timeFactor, forecasts] = [ctx.now(), timeFactorOf(ctx), forecastsOf(ctx.db)];
    const last = performance.now() + FORECASTS_MS;
    for (const [index, row] of due.entries()) {
      if (performance.now() > last) {
        this.goOnBehind(ctx, due.slice(index));
        return;
      }
      const { ground, ...facts } = forecastFacts({ ...row, now, timeFactor });
      if (ground !== null) forecasts.make(row.columns.id, ground, facts);
    }
  }

  /** What was read anew; now and then each of the others, whose gap has grown: not all by the same reading. */
  private unchecked(rows: readonly Listed[]): Summarised[] {
    const nowMs = performance.now();
    const everyMs = rows.length >= MANY ? CHECK_MS.many : CHECK_MS.few;
    return rows.filter((row, index): row is Summarised => {
      const atMs = this.checkAtMs.get(row);
      if (atMs !== undefined && nowMs < atMs) return false;
      const share = atMs === undefined ? ((index % TURNS) + 1) / TURNS : 1;
      this.checkAtMs.set(row, nowMs + everyMs * share);
      return isSummarised(row);
    });
  }

  private goOnBehind(ctx: Ctx, due: readonly Summarised[]): void {
    const isWaiting = this.behind.length > 0;
    const still = new Set([...this.behind, ...due]);
    this.behind = [...still];
    if (isWaiting) return;
    setTimeout(() => {
      // Read anew since: what is known now is another row, and was checked by itself.
      const left = this.behind.filter((row) => this.byId.get(row.columns.id) === row);
      this.behind = [];
      this.makeDue(ctx, left);
    }, BEHIND_MS).unref();
  }

  private forgetAllBut(listed: readonly ListMark[]): void {
    if (this.byId.size < listed.length + MOST_KEPT) return;
    const shown = new Set(listed.map(([id]) => id));
    for (const id of this.byId.keys()) if (!shown.has(id)) this.byId.delete(id);
  }
}

function isCurrent(known: Listed, mark: string, now: Date): boolean {
  if (known.mark !== mark) return false;
  // What another version wrote stays unreadable until it is written anew.
  if (!isSummarised(known)) return true;
  const { untilMs } = known.kept;
  return untilMs === null || now.getTime() < untilMs;
}

function timeFactorOf({ system }: Ctx): number {
  return system.sandbox?.timeFactor ?? 1;
}

/** Of what the rows say now, in as many statements however many there are; kept for whoever asks next. */
async function makeSummaries(
  ctx: Ctx,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, KeptSummary | Unreadable>> {
  const made = new Map<string, KeptSummary | Unreadable>();
  if (ids.length === 0) return made;
  const rows = await ctx.db.migration.findMany({ where: { id: { in: [...ids] } }, include: WITH_ALARMS });
  const steps = await packSteps(ctx.db, ids, { inputOf: AIMED_KINDS, resultOf: OBJECTING_KINDS });
  const files = await packFiles(ctx.db, ids);
  const kept: { id: string; version: number; summary: KeptSummary }[] = [];
  for (const row of rows) {
    try {
      const read = {
        ...readMigration(row),
        steps: unpackSteps(steps, row.id),
        files: unpackFiles(files, row.id),
        alarms: row.alarms.map(readAlarm),
      };
      const summary = summarise(read, now.getTime());
      made.set(row.id, summary);
      kept.push({ id: row.id, version: row.version, summary });
    } catch (error) {
      const at = unreadableIn(error);
      if (!at) throw error;
      made.set(row.id, at);
    }
    // Hundreds take seconds, in which others are to be answered.
    if (made.size % SUMMARIES_AT_ONCE === 0) await setImmediate();
  }
  await keepSummaries(ctx.db, kept);
  return made;
}
