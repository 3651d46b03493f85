import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationListChanges } from "@/lib/contracts/list-changes";
import { MigrationListView } from "@/lib/contracts/migration-list";
import { advanceMigration } from "@/lib/plan/advance-migration";
import type { Prisma } from "@/lib/store/generated/client";
import { openMigratedImage } from "@/lib/store/open-test-store";
import { PreparedQueries } from "@/lib/store/prepared-queries";
import { findProjectRoot } from "@/lib/store/project-root";
import { storeOnPGlite } from "@/lib/store/store-on-pglite";
import { getMigration } from "./get-migration";
import { listMigrations, listMigrationsJson } from "./list-migrations";

let world: TestCtx;

beforeEach(async () => {
  world = await openTestCtx();
  for (const id of ["sound", "foreign", "also_sound"]) {
    await world.ctx.db.migration.create({
      data: { id, name: id, status: "draft", phase: "preflight", draft: EMPTY_DRAFT, createdBy: "t" },
    });
  }
});
afterEach(() => world.close());

test("one migration that this version can't read is named, and the others are listed", async () => {
  const { ctx } = world;
  await ctx.db.migration.update({ where: { id: "foreign" }, data: { status: "of_a_later_version" } });
  const list = await jsonOfList();
  expect(list.migrations.map(({ id }) => id).sort()).toEqual(["also_sound", "sound"]);
  expect(list.unreadable).toEqual([
    { id: "foreign", name: "foreign", at: { table: "Migration", id: "foreign", column: "status" } },
  ]);
});

/** What a page gets. */
const jsonOfList = async () =>
  MigrationListView.parse(JSON.parse(await listMigrationsJson({ ctx: world.ctx, input: {} })));

test("what has changed since an answer is told by its cursor, and all of the list to whom that is not of", async () => {
  const { ctx } = world;
  const changesSince = async (since: string, of = ctx) =>
    MigrationListChanges.parse(JSON.parse(await listMigrationsJson({ ctx: of, input: { since } })));
  const { cursor = "" } = await jsonOfList();
  expect(await changesSince(cursor)).toMatchObject({ whole: false, migrations: [], gone: [], cursor });
  await ctx.db.migration.update({ where: { id: "sound" }, data: { name: "renamed" } });
  await ctx.db.migration.delete({ where: { id: "foreign" } });
  const changes = await changesSince(cursor);
  expect(changes).toMatchObject({
    whole: false,
    migrations: [{ id: "sound", name: "renamed" }],
    gone: ["foreign"],
  });
  expect(await changesSince(changes.cursor ?? "")).toMatchObject({ whole: false, migrations: [], gone: [] });
  const scope = { connections: [], instances: [], databases: ["Sales"] };
  const limited = { ...ctx, actor: { kind: "person", id: "l", name: "l", role: "viewer", scope } as const };
  expect(await changesSince(changes.cursor ?? "", limited)).toMatchObject({ whole: true, migrations: [] });
});

/** A migration in its rounds, each of four steps and a file of its own. */
function inRounds(id: string, rounds: number): Prisma.MigrationCreateInput {
  const kinds = ["backup", "upload", "import", "await_import"];
  const at = (n: number) => new Date(Date.UTC(2026, 4, 4, 8, n));
  return {
    id,
    name: id,
    status: "running",
    phase: "rounds",
    draft: EMPTY_DRAFT,
    createdBy: "t",
    method: "access_pending",
    backupBy: "app",
    startedAt: at(0),
    files: {
      create: Array.from({ length: rounds }, (_, n) => ({
        id: `${id}-f${n}`,
        name: `${n}.bak`,
        objectKey: `${n}.bak`,
        state: "imported",
        type: n === 0 ? "full" : "log",
        sizeBytes: 2n ** 33n,
        startedAtLocal: `2026-05-04T08:0${n}:00`,
        finishedAtLocal: `2026-05-04T08:0${n}:30`,
        utcOffsetMinutes: 0,
        localPath: `/b/${n}.bak`,
        uploadedAt: at(n),
        importedAt: at(n + 1),
        createdAt: at(n),
        header: { large: "x" },
      })),
    },
    steps: {
      create: Array.from({ length: rounds * kinds.length }, (_, n) => {
        const [round, kind] = [Math.floor(n / kinds.length), kinds[n % kinds.length] ?? ""];
        return {
          id: `${id}-s${n}`,
          key: `round:${round}:${kind}`,
          kind,
          nature: "once",
          status: "succeeded",
          ordinal: n,
          fileId: `${id}-f${round}`,
          input: kind === "backup" ? { backup: "log", tail: false, final: false } : {},
          startedAt: at(round),
          finishedAt: at(round + 1),
        };
      }),
    },
  };
}

const failure = {
  reason: "key_refused",
  params: { account: "dba" },
  system: "rds",
  providerCode: "Forbidden.RAM",
  providerMessage: "not allowed",
  providerRequestId: "R",
};
/** What a summary depends on beside a plain row. */
const STANDINGS: [string, (id: string) => Promise<unknown>][] = [
  ["in its rounds", () => Promise.resolve()],
  [
    "taking its last backup",
    (id) =>
      world.ctx.db.migrationStep.create({
        data: {
          ...{ id: `${id}-last`, migrationId: id, key: "round:9:backup", kind: "backup", nature: "once" },
          ...{ status: "running", ordinal: 99, input: { backup: "log", tail: true, final: true } },
        },
      }),
  ],
  [
    "waiting for RDS, which refuses the key",
    (id) =>
      world.ctx.db.migrationStep.update({
        where: { id: `${id}-s11` },
        data: { status: "waiting_external", error: failure, finishedAt: null, dueAt: new Date(0) },
      }),
  ],
  [
    "with a refused file",
    (id) =>
      world.ctx.db.backupFile.update({
        where: { id: `${id}-f2` },
        data: {
          ...{ state: "refused", importedAt: null },
          verdict: { kind: "gap", fromLsn: "1", toLsn: "2", message: "" },
        },
      }),
  ],
  [
    "with an alarm",
    (id) =>
      world.ctx.db.driftAlarm.create({
        data: {
          ...{ id: `${id}-a`, migrationId: id, kind: "foreign_log", fingerprint: "g", evidence: {} },
          ...{ raisedAt: new Date(0), lastSeenAt: new Date(0) },
        },
      }),
  ],
  [
    "online, with errors found",
    async (id) => {
      await world.ctx.db.migrationStep.create({
        data: {
          ...{
            id: `${id}-c`,
            migrationId: id,
            key: "await_check",
            kind: "await_check",
            nature: "repeatable",
          },
          ...{ status: "succeeded", ordinal: 98, input: {}, result: { check: false, description: "DBCC" } },
        },
      });
      await world.ctx.db.migration.update({
        where: { id },
        data: { onlineAt: new Date(1), status: "failed" },
      });
    },
  ],
];

describe("the list says of a migration what its page says", () => {
  test.each(STANDINGS)("%s", async (_, change) => {
    const { ctx } = world;
    await ctx.db.migration.create({ data: inRounds("m", 3) });
    await change("m");
    const { migrations, unreadable } = await listMigrations({ ctx, input: {} });
    expect(unreadable).toEqual([]);
    const listed = migrations.find(({ id }) => id === "m");
    expect(await jsonOfList()).toEqual(await listMigrations({ ctx, input: {} }));
    expect(listed?.filesImported).toBeGreaterThan(1);
    // Of the forecast the list may show one that was made for about this gap.
    const { forecast, ...said } = listed ?? {};
    const page = await getMigration({ ctx, input: { migrationId: "m" } });
    expect(page).toMatchObject(said);
    expect(forecast === null).toBe(page.forecast === null);
    const [of_, shown] = [page.forecast?.downtimeSeconds.p50 ?? 1, forecast?.downtimeSeconds.p50 ?? 1];
    expect(Math.abs(of_ / shown - 1)).toBeLessThan(0.05);
  });
});

test("a step that this version can't read makes its migration unreadable, and no other", async () => {
  const { ctx } = world;
  await ctx.db.migration.create({ data: inRounds("m", 1) });
  await ctx.db.migrationStep.update({ where: { id: "m-s1" }, data: { kind: "of_a_later_version" } });
  const list = await listMigrations({ ctx, input: {} });
  expect(list.unreadable).toEqual([
    { id: "m", name: "m", at: { table: "MigrationStep", id: "m-s1", column: "kind" } },
  ]);
  expect(list.migrations).toHaveLength(3);
});

test("what has not changed is not read again, what has in one narrow row a migration, in as many statements for many as for few", async () => {
  const root = findProjectRoot();
  const pglite = await openMigratedImage(root);
  const { db, close } = await storeOnPGlite(root, pglite);
  const query = vi.spyOn(PreparedQueries.prototype, "query");
  const ctx = { ...world.ctx, db };
  const measure = async () => {
    query.mockClear();
    const list = await listMigrations({ ctx, input: {} });
    const answers = await Promise.all(query.mock.results.map(({ value }) => value));
    return {
      migrations: list.migrations.length,
      statements: answers.length,
      mostRows: Math.max(...answers.map(({ rows }) => rows.length)),
    };
  };
  try {
    for (const id of ["a", "b"]) await db.migration.create({ data: inRounds(id, 2) });
    // Of an earlier version, or not told of a change: made once, in statements of one row a migration.
    const first = await measure();
    expect(first).toMatchObject({ migrations: 2, mostRows: 2 });
    const few = await measure();
    expect(few.statements).toBeLessThan(first.statements);
    for (const id of ["c", "d", "e", "f", "g"]) await db.migration.create({ data: inRounds(id, 9) });
    // Of those that are known one row in all: their marks.
    const more = await measure();
    expect(more).toMatchObject({ migrations: 7, mostRows: 5 });
    expect(more.statements).toBeLessThanOrEqual(first.statements);
    // Once more those that were made and kept: their rows are others.
    expect(await measure()).toMatchObject({ migrations: 7, mostRows: 5 });
    const still = await measure();
    expect(still).toMatchObject({ migrations: 7, mostRows: 1 });
    expect(still.statements).toBeLessThan(few.statements);
    // What the engine writes it keeps in the same transaction.
    await db.$transaction((tx) => advanceMigration(ctx, tx, "a"));
    expect(await measure()).toEqual({ ...few, migrations: 7, mostRows: 1 });
  } finally {
    query.mockRestore();
    await close();
  }
});

test("a summary of an older version of its migration, or of another format, is made anew", async () => {
  const { ctx } = world;
  await ctx.db.migration.create({ data: inRounds("m", 2) });
  const imported = async () =>
    (await listMigrations({ ctx, input: {} })).migrations.find(({ id }) => id === "m")?.filesImported;
  expect(await imported()).toBe(2);
  await ctx.db.backupFile.update({ where: { id: "m-f1" }, data: { state: "skipped" } });
  expect(await imported()).toBe(2);
  await ctx.db.migration.update({ where: { id: "m" }, data: { version: { increment: 1 } } });
  expect(await imported()).toBe(1);
  await ctx.db.migration.update({ where: { id: "m" }, data: { summary: { format: 0 } } });
  expect(await imported()).toBe(1);
});

test("what only time changes is said in time: a wait past its limit", async () => {
  const { ctx, clock } = world;
  await ctx.db.migration.create({ data: inRounds("m", 2) });
  const since = { status: "waiting_external", startedAt: clock.at, finishedAt: null };
  await ctx.db.migrationStep.update({ where: { id: "m-s7" }, data: since });
  const needs = async () =>
    (await listMigrations({ ctx, input: {} })).migrations.find(({ id }) => id === "m")?.needs;
  expect(await needs()).toBeNull();
  clock.at = new Date(clock.at.getTime() + 30 * 86_400_000);
  expect(await needs()).toEqual({ key: "step_overdue", params: { kind: "await_import", hours: 720 } });
  clock.at = new Date(clock.at.getTime() + 3_600_000);
  expect(await needs()).toMatchObject({ params: { hours: 721 } });
});
