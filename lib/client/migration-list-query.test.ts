import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { migrationListQuery } from "./migration-list-query";

afterEach(() => vi.unstubAllGlobals());

const migration = (id: number, over: Partial<MigrationSummaryView> = {}): MigrationSummaryView => ({
  ...{ id: String(id), name: "m", status: "running", phase: "rounds", sandbox: false, method: null },
  source: { connectionId: null, name: null, database: null },
  target: { connectionId: null, instanceId: null, database: null },
  ...{ needs: null, isArmed: false, custody: null, gapSeconds: null, forecast: null, stages: [] },
  ...{ targetHoldsUntilLocal: null, sourceOffsetMinutes: null, filesImported: 0, createdBy: "t" },
  importsToday: { used: 0, limit: 30 },
  createdAt: new Date(id).toISOString(),
  ...{ startedAt: null, finishedAt: null },
  ...over,
});
const many = (count: number) => Array.from({ length: count }, (_, n) => migration(count - n));

/** A server that gives these answers in their order, and a page that reads them. */
function openPage(answers: object[]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const answer = { unreadable: [], serverNow: "2026-05-04T08:00:00.000Z", ...answers[asked.length - 1] };
    return new Response(JSON.stringify(answer));
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const read = async () => {
    await client.fetchQuery({ ...migrationListQuery(), staleTime: 0 });
    return client.getQueryData(migrationListQuery().queryKey) ?? { migrations: [] };
  };
  return { asked, read };
}

test("a list of few is read whole each time", async () => {
  const page = openPage([
    { migrations: many(200), cursor: "h.1" },
    { migrations: many(199), cursor: "h.2" },
  ]);
  await page.read();
  expect((await page.read()).migrations).toHaveLength(199);
  expect(page.asked).toEqual(["/api/migrations", "/api/migrations"]);
});

test("of a list of very many what has changed is asked for, with the newest cursor, and all else stays the same object", async () => {
  const page = openPage([
    { migrations: many(201), cursor: "h.1" },
    {
      ...{ whole: false, gone: ["7"], gapsAtRest: [], cursor: "h.2" },
      migrations: [migration(5, { filesImported: 3 }), migration(202)],
    },
    { whole: false, migrations: [], gone: [], gapsAtRest: [], cursor: "h.2" },
  ]);
  const first = await page.read();
  const second = await page.read();
  expect(second.migrations.map(({ id }) => id).slice(0, 3)).toEqual(["202", "201", "200"]);
  expect(second.migrations).toHaveLength(201);
  expect(second.migrations.find(({ id }) => id === "5")?.filesImported).toBe(3);
  expect(second.migrations.find(({ id }) => id === "7")).toBeUndefined();
  const known = new Set(first.migrations);
  expect(second.migrations.filter((one) => !known.has(one)).map(({ id }) => id)).toEqual(["202", "5"]);
  const third = await page.read();
  expect(third.migrations.every((one, at) => one === second.migrations[at])).toBe(true);
  expect(page.asked.slice(1)).toEqual(["/api/migrations?since=h.1", "/api/migrations?since=h.2"]);
});
