import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openMigratedImage } from "@/lib/store/open-test-store";
import { PreparedQueries } from "@/lib/store/prepared-queries";
import { findProjectRoot } from "@/lib/store/project-root";

let pglite: PGlite;
let queries: PreparedQueries;

beforeAll(async () => {
  pglite = await openMigratedImage(findProjectRoot());
  await pglite.exec(`CREATE TABLE probe (
    n int PRIMARY KEY, big bigint, words text, flag boolean, doc jsonb, bytes bytea, at timestamp(3), list text[]
  )`);
}, 60_000);

afterAll(async () => {
  await pglite.close();
});

beforeEach(async () => {
  await pglite.exec("DEALLOCATE ALL; TRUNCATE probe");
  queries = new PreparedQueries(pglite);
});

const kept = async () =>
  (await pglite.query<{ name: string }>("SELECT name FROM pg_prepared_statements")).rows.length;

const INSERT = "INSERT INTO probe VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ROW = [
  1,
  9007199254740993n,
  "x",
  true,
  { a: ["b"] },
  Buffer.from("00ff", "hex"),
  new Date(0),
  ["a", 'b"'],
];

test("answers as PGlite's own query, with every kind of value, nulls, and rows as arrays", async () => {
  expect((await queries.query(INSERT, ROW)).affectedRows).toBe(1);
  await queries.query(INSERT, [2, ...Array<null>(7).fill(null)]);
  for (const options of [{}, { rowMode: "array" as const }, { parsers: { 25: () => "parsed" } }]) {
    const text = "SELECT * FROM probe WHERE n >= $1 ORDER BY n";
    const { rows, fields } = await pglite.query(text, [1], options);
    expect(rows).toHaveLength(2);
    expect(await queries.query(text, [1], options)).toEqual({ rows, fields, affectedRows: 0 });
  }
});

test("says how many rows a statement changed, of those that answer rows too", async () => {
  for (const n of [1, 2, 3]) await queries.query("INSERT INTO probe (n) VALUES ($1)", [n]);
  const changed = async (text: string, values: unknown[]) => (await queries.query(text, values)).affectedRows;
  expect(await changed("UPDATE probe SET words = $1 WHERE n > $2", ["w", 1])).toBe(2);
  expect(await changed("UPDATE probe SET words = $1 RETURNING n", ["w"])).toBe(3);
  expect(await changed("SELECT n FROM probe WHERE n > $1", [0])).toBe(0);
  expect(await changed("DELETE FROM probe WHERE n = $1", [2])).toBe(1);
});

test("a text is parsed once; after that a query is one message", async () => {
  await queries.query("INSERT INTO probe (n) VALUES ($1)", [0]);
  const send = vi.spyOn(pglite, "execProtocolStream");
  for (const n of [1, 2, 3]) await queries.query("INSERT INTO probe (n) VALUES ($1)", [n]);
  expect(send).toHaveBeenCalledTimes(3);
  send.mockRestore();
});

test("after an error the connection goes on, and the text can be used again", async () => {
  const insert = (n: number) => queries.query("INSERT INTO probe (n) VALUES ($1)", [n]);
  await insert(1);
  await expect(insert(1)).rejects.toMatchObject({ code: "23505" });
  await expect(queries.query("SELECT nothing FROM nowhere")).rejects.toMatchObject({ code: "42P01" });
  await insert(2);
  expect((await queries.query("SELECT n FROM probe ORDER BY n")).rows).toEqual([{ n: 1 }, { n: 2 }]);
});

test("waits for a transaction that runs, and works within it", async () => {
  const order: string[] = [];
  let outside: Promise<unknown> = Promise.resolve();
  await pglite.transaction(async () => {
    outside = queries.query("INSERT INTO probe (n) VALUES ($1)", [2]).then(() => order.push("outside"));
    await queries.queryWithin("INSERT INTO probe (n) VALUES ($1)", [1]);
    await new Promise((resolve) => setImmediate(resolve));
    order.push("within");
  });
  await outside;
  expect(order).toEqual(["within", "outside"]);
});

test("keeps a bounded number of statements, those used last", async () => {
  const often = "SELECT 'often' AS word";
  for (let n = 0; n < 300; n += 1) {
    await queries.query(`SELECT ${n} AS n`);
    await queries.query(often);
  }
  // The one that is dropped is closed with the next message.
  expect(await kept()).toBeLessThanOrEqual(129);
  const send = vi.spyOn(pglite, "execProtocolStream");
  expect((await queries.query(often)).rows).toEqual([{ word: "often" }]);
  expect(send).toHaveBeenCalledTimes(1);
  send.mockRestore();
});

test("forgotten after DDL, a text answers what the table is now", async () => {
  await queries.query("INSERT INTO probe (n) VALUES (1)");
  const text = "SELECT * FROM probe";
  expect((await queries.query(text)).fields).toHaveLength(8);
  queries.forget();
  await pglite.exec("ALTER TABLE probe ADD COLUMN extra int");
  expect((await queries.query(text)).fields).toHaveLength(9);
  expect(await kept()).toBe(1);
});

test("a closed store is said to be closed", async () => {
  const other = await openMigratedImage(findProjectRoot());
  const closed = new PreparedQueries(other);
  await other.close();
  await expect(closed.query("SELECT 1")).rejects.toThrow("closed");
});
