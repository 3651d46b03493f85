import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { HistoryFilter, type HistoryMigrationPage, type HistoryQuery } from "@/lib/contracts/history";
import { findMigrations } from "./find-migrations";
import { historyCsv } from "./history-csv";

/** More than the list of migrations once showed. */
let world: TestCtx;
const ask = (query: HistoryQuery) => ({ ctx: world.as("viewer"), input: HistoryFilter.parse(query) });
const ids = Array.from({ length: 1_240 }, (_, n) => `m${String(n).padStart(4, "0")}`);

beforeAll(async () => {
  world = await openTestCtx();
  await world.ctx.db.migration.createMany({
    data: ids.map((id, n) => ({
      ...{ id, name: `migration of sales ${id}`, status: n % 3 === 0 ? "failed" : "succeeded" },
      ...{
        phase: "online",
        draft: EMPTY_DRAFT,
        createdBy: "wang",
        createdAt: new Date(Date.UTC(2026, 4, 1 + (n % 20))),
      },
      sourceDatabase: n === 7 ? "=cmd()" : "sales",
    })),
  });
}, OPENING_MS);
afterAll(() => world.close());

/** Follows the pages to the last. */
async function follow(query: HistoryQuery): Promise<string[]> {
  const seen: string[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page: HistoryMigrationPage = await findMigrations(ask({ ...query, after }));
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
  }
  return seen;
}

test.each<HistoryQuery>([{}, { sort: "database" }, { sort: "status", order: "desc" }, { q: "sales m" }])(
  "%j: every one stands on one page",
  async (query) => {
    const seen = await follow(query);
    expect(seen).toHaveLength(ids.length);
    expect([...seen].sort()).toEqual(ids);
  },
);

test("the CSV has what the filter lets through, whole and in its order", async () => {
  const query = { status: "failed" };
  let text = "";
  const filter = HistoryFilter.parse(query);
  for await (const piece of await historyCsv({
    ctx: world.as("viewer"),
    input: { kind: "migrations", filter },
  }))
    text += piece;
  const lines = text.trim().split("\r\n").slice(1);
  const told = lines.map((line) => line.slice(1, line.indexOf('"', 1)));
  expect(told).toEqual(await follow(query));
  expect(lines.every((line) => /^(?:"(?:[^"]|"")*",?)+$/.test(line))).toBe(true);
});

test("a cell of the CSV runs nothing", async () => {
  const filter = HistoryFilter.parse({ database: "cmd()" });
  const csv = await historyCsv({ ctx: world.ctx, input: { kind: "migrations", filter } });
  expect((await csv.next()).value).toContain(`"'=cmd()"`);
  expect((await csv.next()).done).toBe(true);
});
