import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore } from "@/lib/store/open-test-store";
import type { Store } from "@/lib/store/store";

let store: Store;

beforeAll(async () => {
  store = await openTestStore();
}, 60_000);

afterAll(async () => {
  await store.close();
});

const person = (id: string) => ({ id, name: id, role: "viewer" });

test("a transaction that throws leaves nothing, and the store goes on", async () => {
  const failing = store.db.$transaction(async (tx) => {
    await tx.person.create({ data: person("ghost") });
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await store.db.person.count({ where: { id: "ghost" } })).toBe(0);
});

test("a second row with the same key is Prisma's P2002", async () => {
  await store.db.person.create({ data: person("twin") });
  await expect(store.db.person.create({ data: person("twin") })).rejects.toMatchObject({ code: "P2002" });
});

test("a missing parent is Prisma's P2003", async () => {
  const orphan = store.db.migrationEvent.create({
    data: { migrationId: "none", seq: 1, type: "x", payload: {}, actor: "p", at: new Date() },
  });
  await expect(orphan).rejects.toMatchObject({ code: "P2003" });
});

test("a COMMIT that rolls back is an error, not a success", async () => {
  const swallowing = store.db.$transaction(async (tx) => {
    await tx.person.create({ data: person("kept") });
    await tx.person.create({ data: person("kept") }).catch(() => undefined);
  });
  await expect(swallowing).rejects.toThrow();
  expect(await store.db.person.count({ where: { id: "kept" } })).toBe(0);
});

test("transactions at once wait for each other instead of failing or mixing", async () => {
  await store.db.setting.create({ data: { key: "counter", value: 0 } });
  const increment = () =>
    store.db.$transaction(async (tx) => {
      const { value } = await tx.setting.findUniqueOrThrow({ where: { key: "counter" } });
      await tx.setting.update({ where: { key: "counter" }, data: { value: Number(value) + 1 } });
    });
  await Promise.all(Array.from({ length: 25 }, increment));
  expect(await store.db.setting.findUniqueOrThrow({ where: { key: "counter" } })).toMatchObject({
    value: 25,
  });
});

test("executeSql runs one statement with values, and a script whose last rows it returns", async () => {
  expect((await store.executeSql("SELECT $1::int + 1 AS sum", [41])).rows).toEqual([{ sum: 42 }]);
  const script =
    "BEGIN; CREATE TEMP TABLE probe (n int); INSERT INTO probe VALUES (7); SELECT n FROM probe; COMMIT;";
  await store.executeSql(script);
  expect((await store.executeSql("SELECT 1 AS one; SELECT n FROM probe")).rows).toEqual([{ n: 7 }]);
  await store.executeSql("DROP TABLE probe");
});
