import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { ImportsUsed } from "@/lib/migration/import-budget";
import { countAllImportsToday, countImportsToday } from "./count-imports";

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
}, OPENING_MS);
afterAll(() => world.close());

test("for one database and for all of them the store counts the same: of today, of those that RDS may have accepted", async () => {
  const { db } = world.ctx;
  const now = world.clock.at;
  await db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "c", config: {}, secretSealed: "" },
  });
  const call = (id: string, change: object) => ({
    ...{ id, kind: "import", subject: "target rm-1/shop", item: "x", request: {}, databaseName: "shop" },
    ...{ connectionId: "cloud", instanceId: "rm-1", outcome: "accepted", actor: "engine" },
    ...{ intendedAt: now, settledAt: now },
    ...change,
  });
  await db.onceCall.createMany({
    data: [
      call("taken", {}),
      call("perhaps taken", { outcome: "unknown", settledAt: null }),
      call("of a person", { instanceId: null }),
      call("refused", { outcome: "rejected" }),
      call("something else", { kind: "open" }),
      call("yesterday", { intendedAt: new Date(now.getTime() - 86_400_000) }),
      call("of another", { subject: "target rm-1/crm", databaseName: "crm" }),
      call("elsewhere", { subject: "target rm-2/shop", instanceId: "rm-2" }),
    ],
  });
  for (const [name, instanceId, status] of [
    ["crm", "rm-1", "running"],
    ["over", "rm-1", "cancelled"],
    ["hr", "rm-2", "running"],
  ] as const) {
    await db.migration.create({
      data: {
        ...{ id: name, name, status, phase: "cutover", draft: EMPTY_DRAFT, createdBy: "t" },
        ...{ instanceId, targetDatabase: name },
      },
    });
  }
  const every = await countAllImportsToday(db, now);
  const counted: [instanceId: string, databaseName: string, used: ImportsUsed][] = [
    ["rm-1", "Shop", { ofDatabase: 3, ofInstance: 3, promised: 2 }],
    ["rm-1", "crm", { ofDatabase: 1, ofInstance: 3, promised: 0 }],
    ["rm-2", "shop", { ofDatabase: 1, ofInstance: 1, promised: 2 }],
    ["rm-3", "shop", { ofDatabase: 0, ofInstance: 0, promised: 0 }],
  ];
  for (const [instanceId, databaseName, used] of counted) {
    expect(every(instanceId, databaseName)).toEqual(used);
    expect(await countImportsToday(db, { instanceId, databaseName, now })).toEqual(used);
  }
});
