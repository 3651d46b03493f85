import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import {
  HistoryFilter,
  HistoryMigrationPage,
  type HistoryQuery,
  HistoryTaskPage,
  lsnDigits,
} from "@/lib/contracts/history";
import { findMigrations } from "./find-migrations";
import { findTasks } from "./find-tasks";

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
}, OPENING_MS);
afterAll(() => world.close());
beforeEach(async () => {
  const { db } = world.ctx;
  await db.backupFile.deleteMany();
  await db.importTask.deleteMany();
  await db.migration.deleteMany();
  await db.connection.deleteMany();
  await db.connection.create({
    data: { id: "a1", kind: "cloud_account", name: "Hangzhou", config: {}, secretSealed: "" },
  });
});

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 4, day, hour));

async function addMigration(id: string, over: Record<string, unknown> = {}) {
  await world.ctx.db.migration.create({
    data: {
      ...{ id, name: id, status: "succeeded", phase: "online", draft: EMPTY_DRAFT, createdBy: "wang" },
      ...{
        cloudConnectionId: "a1",
        instanceId: "rm-1",
        sourceDatabase: `${id}_db`,
        method: "access_pending",
      },
      ...{ createdAt: at(1), startedAt: at(2) },
      ...over,
    },
  });
}

async function addTask(rdsTaskId: string, over: Record<string, unknown> = {}) {
  await world.ctx.db.importTask.create({
    data: {
      ...{ connectionId: "a1", instanceId: "rm-1", rdsTaskId, databaseName: "shop", method: "immediate" },
      ...{ status: "succeeded", providerStatus: "Success", description: "", rdsCreatedAt: at(3) },
      ...over,
    },
  });
}

async function addFile(migrationId: string, name: string, lsns: [string, string]) {
  await world.ctx.db.backupFile.create({
    data: {
      ...{ id: `${migrationId}-${name}`, migrationId, name, objectKey: name, state: "imported" },
      ...{ firstLsn: lsns[0], lastLsn: lsns[1] },
    },
  });
}

const ask = (query: HistoryQuery) => ({ ctx: world.as("viewer"), input: HistoryFilter.parse(query) });
const tasks = async (query: HistoryQuery) =>
  HistoryTaskPage.parse(await findTasks(ask(query))).rows.map(({ rdsTaskId }) => rdsTaskId);
const migrations = async (query: HistoryQuery) =>
  HistoryMigrationPage.parse(await findMigrations(ask(query))).rows.map(({ id }) => id);

describe("tasks", () => {
  beforeEach(async () => {
    await addMigration("orders", { createdBy: "li", ticket: "CHG-4711" });
    await addFile("orders", "Orders_FULL_20260502.bak", ["100", "200"]);
    await addTask("1", { migrationId: "orders", databaseName: "Orders", rdsCreatedAt: at(4) });
    await addTask("2", {
      ...{
        status: "failed",
        providerStatus: "Failed",
        description: "Not Enough Disk Space",
        rdsEndedAt: at(9),
      },
      files: [{ fileName: "库存_log.trn" }],
    });
    await addTask("3", { connectionId: "gone", instanceId: "rm-2", rdsCreatedAt: null, firstSeenAt: at(1) });
  });

  test.each<[HistoryQuery, string[]]>([
    [{}, ["1", "2", "3"]],
    [{ order: "asc" }, ["3", "2", "1"]],
    [{ account: "a1" }, ["1", "2"]],
    [{ instance: "rm-2" }, ["3"]],
    [{ database: "ORD" }, ["1"]],
    [{ status: "failed,running" }, ["2"]],
    [{ status: "of a later version" }, ["1", "2", "3"]],
    [{ method: "access_pending" }, []],
    [{ person: "li" }, ["1"]],
    [{ file: "full_2026" }, ["1"]],
    [{ file: "库存" }, ["2"]],
    [{ file: "%" }, []],
    [{ lsn: "100" }, ["1"]],
    [{ lsn: "0200" }, ["1"]],
    [{ lsn: "150" }, []],
    [{ lsn: "no lsn" }, []],
    [{ q: "disk space" }, ["2"]],
    [{ q: "chg-4711" }, ["1"]],
    [{ q: "rm" }, ["1", "2", "3"]],
    [{ q: "rm-2" }, ["3"]],
    [{ from: "2026-05-03", to: "2026-05-03" }, ["2"]],
    [{ to: "2026-05-03" }, ["2", "3"]],
    // Midnight of UTC is eight in the morning there: the day before ends eight hours earlier.
    [{ from: "2026-05-04", zone: "Asia/Shanghai" }, ["1"]],
    [{ to: "2026-05-02", zone: "America/Los_Angeles" }, ["2", "3"]],
    [{ sort: "database" }, ["1", "2", "3"]],
    [{ sort: "ended", order: "asc" }, ["2", "1", "3"]],
    [{ sort: "instance", order: "desc" }, ["3", "2", "1"]],
    [{ sort: "person", order: "desc" }, ["1", "3", "2"]],
    [{ database: "shop", status: "failed", from: "2026-05-01", q: "enough" }, ["2"]],
  ])("%j finds %j", async (query, found) => {
    expect(await tasks(query)).toEqual(found);
  });

  test("tell whose they are, also of an account that is gone", async () => {
    const { rows } = await findTasks(ask({}));
    expect(rows.map(({ account, person, connectionId }) => [account, person, connectionId])).toEqual([
      ["Hangzhou", "li", "a1"],
      ["Hangzhou", null, "a1"],
      [null, null, "gone"],
    ]);
    expect(rows[1]).toMatchObject({ description: "Not Enough Disk Space", migrationId: null });
  });

  test.each<[HistoryQuery, string]>([
    [{ zone: "Nowhere/At_All", from: "2026-05-01" }, "zone"],
    [{ after: "not a cursor" }, "after"],
    [{ after: Buffer.from('["x"]').toString("base64url") }, "after"],
  ])("%j is refused", async (query, path) => {
    await expect(findTasks(ask(query))).rejects.toMatchObject({
      fields: { code: "validation", invalidParams: [{ path }] },
    });
  });
});

describe("migrations", () => {
  test.each<[HistoryQuery, string[]]>([
    [{}, ["b", "a", "draft"]],
    [{ status: "cancelled,draft" }, ["b", "draft"]],
    [{ database: "a_D" }, ["a"]],
    [{ q: "inv-9" }, ["b"]],
    [{ q: "draft" }, ["draft"]],
    [{ file: "tail" }, ["b"]],
    [{ lsn: "37:824:1" }, ["b"]],
    [{ method: "immediate" }, ["a"]],
    [{ person: "li" }, ["a"]],
    [{ sort: "database", order: "asc" }, ["draft", "a", "b"]],
    [{ account: "a1", instance: "rm-1" }, ["b", "a"]],
    [{ from: "2026-05-05" }, ["b"]],
  ])("%j finds %j", async (query, found) => {
    await addMigration("a", { method: "immediate", createdBy: "li" });
    await addMigration("b", { status: "cancelled", startedAt: at(5), ticket: "INV-9" });
    await addMigration("draft", { status: "draft", startedAt: null, sourceDatabase: null, instanceId: null });
    await addFile("b", "b_TAIL.trn", ["37000000082400001", "37000000082400099"]);
    expect(await migrations(query)).toEqual(found);
  });

  test("one that a later version wrote is shown, and counts its files", async () => {
    await addMigration("a", { status: "of a later version", phase: "?", method: "?" });
    await addFile("a", "1.bak", ["1", "2"]);
    await addFile("a", "2.bak", ["2", "3"]);
    const { rows } = await findMigrations(ask({}));
    expect(rows).toMatchObject([{ id: "a", status: "unknown", method: null, files: 2, person: "wang" }]);
  });
});

test.each([
  ["37:824:1", "37000000082400001"],
  ["0x25:338:1", "37000000082400001"],
  ["00000025:00000338:0001", "37000000082400001"],
  ["00037000000082400001", "37000000082400001"],
  ["", null],
  ["37:824", null],
  ["x", null],
])("LSN %j is %j", (text, digits) => {
  expect(lsnDigits(text)).toBe(digits);
});
