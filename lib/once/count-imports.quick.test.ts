import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { cutoverBudget, exhaustedBudget, type ImportsUsed } from "@/lib/migration/import-budget";
import { countAllImportsToday, countImportsToday } from "./count-imports";

let world: TestCtx;
beforeAll(async () => {
  world = await openQuickCtx();
}, OPENING_MS);
afterAll(() => world.close());

test("the last of an instance's day are kept for whose writes stand still, two a cutover, until they are online", async () => {
  const { db } = world.ctx;
  const now = world.clock.at;
  await db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "c", config: {}, secretSealed: "" },
  });
  await db.onceCall.createMany({
    data: Array.from({ length: 496 }, (_, index) => ({
      ...{ id: `other-${index}`, kind: "import", subject: "target rm-1/other", item: "x", request: {} },
      ...{ connectionId: "cloud", instanceId: "rm-1", databaseName: "other" },
      ...{ outcome: "accepted", actor: "engine", intendedAt: now, settledAt: now },
    })),
  });
  for (const name of ["other", "another"]) {
    await db.migration.create({
      data: {
        ...{ id: name, name, status: "running", phase: "cutover", draft: EMPTY_DRAFT, createdBy: "t" },
        ...{ instanceId: "rm-1", targetDatabase: name },
      },
    });
  }
  const used = (databaseName: string) => countImportsToday(db, { instanceId: "rm-1", databaseName, now });
  const shop: ImportsUsed = { ofDatabase: 0, ofInstance: 496, promised: 4 };
  const other: ImportsUsed = { ofDatabase: 496, ofInstance: 496, promised: 0 };
  expect([await used("shop"), await used("other")]).toEqual([shop, other]);
  const every = await countAllImportsToday(db, now);
  expect([every("rm-1", "shop"), every("rm-2", "shop")]).toEqual([
    shop,
    { ofDatabase: 0, ofInstance: 0, promised: 0 },
  ]);
  expect(every("rm-1", "other").promised).toBe(0);
  // Names of databases are the same in any letter case, there as here.
  expect(await used("OTHER")).toEqual(other);
  expect(exhaustedBudget(shop)).toMatchObject({ reason: "instance_imports_promised", params: { left: 4 } });
  expect(exhaustedBudget({ ...other, ofDatabase: 0 })).toBeNull();
  expect(cutoverBudget(shop)).toEqual({ used: 500, limit: 500 });
  // Both are open by now, or were given up.
  await db.migration.update({ where: { id: "other" }, data: { phase: "open" } });
  await db.migration.update({ where: { id: "another" }, data: { status: "cancelled" } });
  expect(exhaustedBudget(await used("shop"))).toBeNull();
});
