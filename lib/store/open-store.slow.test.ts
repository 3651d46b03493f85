import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Store } from "@/lib/store/store";
import { trimWal } from "@/lib/store/trim-wal";
import { vacuumTables } from "@/lib/store/vacuum-tables";
import { spawnWriter } from "@/lib/store/writer-fixture";

const { fsyncs } = vi.hoisted(() => ({ fsyncs: { count: 0 } }));

vi.mock(import("node:fs"), async (original) => {
  const fs = await original();
  return {
    ...fs,
    fsyncSync: (file: number) => {
      fsyncs.count += 1;
      fs.fsyncSync(file);
    },
  };
});

/** A first start makes the database's files: seconds, and more on a busy machine. */
const OPENING_MS = 90_000;
let folder: string;
let store: Store;
let openStore: typeof import("@/lib/store/open-store").openStore;

beforeAll(async () => {
  // Tests share a worker: what another file has loaded does not see the count.
  vi.resetModules();
  ({ openStore } = await import("@/lib/store/open-store"));
  folder = await mkdtemp(path.join(tmpdir(), "chainferry-store-"));
  store = await openStore({ databaseUrl: null, folder });
}, OPENING_MS);

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

test("every commit is synced to the disk before it returns", async () => {
  const before = fsyncs.count;
  for (let n = 1; n <= 20; n += 1) {
    await store.db.setting.create({ data: { key: `key${n}`, value: n } });
    expect(fsyncs.count - before).toBeGreaterThanOrEqual(n);
  }
});

test("the write-ahead log is cut once there is much of it, and left alone before", async () => {
  const run = async (sql: string) => (await store.executeSql(sql)).rows;
  await run(
    "CREATE TABLE noise AS SELECT repeat(md5(n::text), 30) AS text FROM generate_series(1, 3000) AS n",
  );
  await run("DROP TABLE noise");
  expect(await trimWal(run)).toBe(false);
  expect(await trimWal(run, 1_000_000)).toBe(true);
  expect(await trimWal(run, 1_000_000)).toBe(false);
});

test("the place of rows that are gone is used again, and the planner knows what there is", async () => {
  const run = async (sql: string) => (await store.executeSql(sql)).rows;
  const size = async () => {
    const [row] = z
      .tuple([z.object({ size: z.coerce.number() })])
      .parse(await run("SELECT pg_total_relation_size('passing') AS size"));
    return row.size;
  };
  const comeAndGo = async () => {
    await run("INSERT INTO passing SELECT n, repeat(md5(n::text), 10) FROM generate_series(1, 5000) AS n");
    await run("DELETE FROM passing");
  };
  await run("CREATE TABLE passing (n integer PRIMARY KEY, text text)");
  await comeAndGo();
  const once = await size();
  await comeAndGo();
  expect(await size()).toBeGreaterThan(1.5 * once);
  expect(await vacuumTables(run)).toContain("public.passing");
  await comeAndGo();
  expect(await size()).toBeLessThan(1.2 * once);
  await run("INSERT INTO passing SELECT n FROM generate_series(1, 300) AS n");
  expect(await vacuumTables(run)).toContain("public.passing");
  expect(await run("SELECT reltuples AS rows FROM pg_class WHERE relname = 'passing'")).toEqual([
    { rows: 300 },
  ]);
  // Nothing has changed since.
  expect(await vacuumTables(run)).toEqual([]);
  await run("DROP TABLE passing");
});

test("rows, JSON, instants and big integers come back as they went in, after a reopening", async () => {
  const at = new Date("2026-03-01T00:00:00.123Z");
  const json = { text: "数据库", list: [1, null, { deep: true }] };
  await store.db.migration.create({
    data: {
      id: "m1",
      name: "shop",
      status: "draft",
      phase: "draft",
      draft: json,
      createdBy: "p",
      startedAt: at,
    },
  });
  const file = { name: "a.bak", objectKey: "a.bak", state: "written", sizeBytes: 2n ** 53n + 1n };
  await store.db.backupFile.create({ data: { id: "f1", migrationId: "m1", ...file } });
  await store.close();
  store = await openStore({ databaseUrl: null, folder });
  const row = await store.db.migration.findUniqueOrThrow({ where: { id: "m1" }, include: { files: true } });
  expect(row).toMatchObject({ draft: json, startedAt: at, files: [{ sizeBytes: 9007199254740993n }] });
});

test("closing leaves no lock, and closing twice is harmless", async () => {
  await store.close();
  await store.close();
  expect(await readdir(folder)).toEqual(["postgresql"]);
  store = await openStore({ databaseUrl: null, folder });
});

test(
  "a second process is told who holds the store, since when and where",
  async () => {
    await store.close();
    const writer = spawnWriter(folder);
    await writer.printed(2);
    const failure = await openStore({ databaseUrl: null, folder }).catch((error: unknown) => error);
    await writer.kill();
    store = await openStore({ databaseUrl: null, folder });
    expect(failure).toMatchObject({
      name: "AppError",
      message: expect.stringContaining(`in use by process ${writer.process.pid} on ${hostname()} since 20`),
      fields: {
        code: "conflict",
        reason: "store_locked",
        params: {
          pid: writer.process.pid,
          host: hostname(),
          folder,
          file: path.join(folder, "lock.json"),
          program: expect.stringContaining("write-until-killed"),
          since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        },
      },
    });
    expect(await store.db.person.count()).toBeGreaterThan(0);
  },
  OPENING_MS,
);
