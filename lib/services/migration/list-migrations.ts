import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationListView } from "@/lib/contracts/migration-list";
import { NO_IMPORTS } from "@/lib/migration/import-budget";
import { countAllImportsToday } from "@/lib/once/count-imports";
import { freshSummary, type KeptSummary, summarise } from "@/lib/plan/kept-summary";
import { AIMED_KINDS, OBJECTING_KINDS } from "@/lib/plan/step-definitions";
import { migrationsInScope } from "@/lib/services/scope/require-scope";
import { keepSummaries } from "@/lib/store/keep-summaries";
import { WITH_ALARMS } from "@/lib/store/migration-rows";
import { packFiles, packSteps, unpackFiles, unpackSteps } from "@/lib/store/packed-rows";
import { unreadableIn } from "@/lib/store/read-column";
import { readAlarm, readMigration } from "@/lib/store/typed-rows";
import { toSummaryView } from "./migration-view";

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

const ENDED = ["succeeded", "cancelled"];
/** Of those that are over: the record has them all. */
const ENDED_LISTED = 200;

type Unreadable = MigrationListView["unreadable"][number]["at"];

/**
 * All migrations that may still go on and the newest of those that are over and not put away, newest first, by the summaries that
 * are kept of them: one row a migration, however many steps and files it has. A summary that is not of its migration's newest version is made anew and kept. Those that another version wrote in its
 * own way are named apart. Who is limited gets those of their limits.
 */
export async function listMigrations({ ctx }: Use<Record<string, never>>): Promise<MigrationListView> {
  requireRole(ctx.actor, "viewer");
  const now = ctx.now();
  const timeFactor = ctx.system.sandbox?.timeFactor ?? 1;
  const scope = migrationsInScope(ctx.actor);
  const [unfinished, ended, all] = await Promise.all([
    ctx.db.migration.findMany({ where: { ...scope, status: { notIn: ENDED } }, select: COLUMNS }),
    ctx.db.migration.findMany({
      where: { ...scope, status: { in: ENDED }, archivedAt: null },
      orderBy: { createdAt: "desc" },
      take: ENDED_LISTED,
      select: COLUMNS,
    }),
    ctx.db.migration.count({ where: scope }),
  ]);
  const rows = [...unfinished, ...ended].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const fresh = new Map(rows.map((row) => [row.id, freshSummary(row, now.getTime())]));
  const stale = rows.filter(({ id }) => fresh.get(id) === null).map(({ id }) => id);
  const made = await makeSummaries(ctx, stale, now);
  const importsUsed = await countAllImportsToday(ctx.db, now);
  const list: MigrationListView = {
    migrations: [],
    unreadable: [],
    others: all - rows.length,
    serverNow: now.toISOString(),
  };
  for (const columns of rows) {
    const { id, name, instanceId, targetDatabase, startedAt } = columns;
    const kept = fresh.get(id) ?? made.get(id);
    // Deleted since the first look.
    if (kept === undefined) continue;
    const counted = startedAt !== null && instanceId !== null && targetDatabase !== null;
    const importsToday = counted ? importsUsed(instanceId, targetDatabase) : NO_IMPORTS;
    if ("column" in kept) list.unreadable.push({ id, name, at: kept });
    else list.migrations.push(toSummaryView({ columns, kept, importsToday, now, timeFactor }));
  }
  return list;
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
  }
  await keepSummaries(ctx.db, kept);
  return made;
}
