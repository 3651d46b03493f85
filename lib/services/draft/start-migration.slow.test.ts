import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, only, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type MigrationDraft, MigrationView } from "@/lib/contracts/migration";
import { OutlookView } from "@/lib/contracts/outlook";
import type { ObjectStore } from "@/lib/oss/object-store";
import { getOutlook } from "@/lib/services/migration/get-outlook";
import { createDraft } from "./create-draft";
import { saveDraft } from "./save-draft";
import { startMigration } from "./start-migration";

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
  await world.ctx.db.connection.create({
    data: {
      id: "cloud",
      kind: "cloud_account",
      name: "cloud",
      sandbox: true,
      secretSealed: "",
      config: {
        regionId: "cn-hangzhou",
        accessKeyId: "a",
        rdsEndpoint: null,
        ramEndpoint: null,
        ossEndpoint: null,
      },
    },
  });
  world.clients.objects = async () =>
    only<ObjectStore>({
      bucketInfo: async (name) => ({
        name,
        regionId: "cn-hangzhou",
        storageClass: "Standard",
        acl: "private",
        encryption: "None",
        ownerId: "1",
        versioning: null,
        extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
        intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
      }),
    });
}, OPENING_MS);
afterAll(() => world.close());

test.each([
  [" CHG-1 ", "CHG-1"],
  ["", null],
])("what was chosen in the guide is what the page shows: ticket %j as %j", async (typed, shown) => {
  const prefix = typed === "" ? "shop/" : "shop2/";
  const draft = {
    ...EMPTY_DRAFT,
    backupBy: "others" as const,
    transport: "bucket_watch" as const,
    cloudConnectionId: "cloud",
    bucket: "staging",
    prefix,
    instanceId: "rm-1",
    targetDatabase: prefix.replace("/", ""),
    checkMode: "sync" as const,
    ticket: typed,
  };
  const { id } = await createDraft({ ctx: world.ctx, input: { draft } });
  const view = await startMigration({ ctx: world.ctx, input: { migrationId: id, reviewed: draft } });
  expect(MigrationView.parse(view)).toMatchObject({
    status: "running",
    transport: "bucket_watch",
    backupBy: "others",
    bucket: "staging",
    prefix,
    checkMode: "sync",
    ticket: shown,
  });
});

function othersDraft(name: string, over: Partial<MigrationDraft> = {}): MigrationDraft {
  return {
    ...EMPTY_DRAFT,
    backupBy: "others",
    transport: "bucket_watch",
    cloudConnectionId: "cloud",
    bucket: "staging",
    prefix: `${name}/`,
    instanceId: "rm-2",
    targetDatabase: name,
    ...over,
  };
}

test("what another window saved after the review is not started; each changed choice is told", async () => {
  const reviewed = othersDraft("sales");
  const { id } = await createDraft({ ctx: world.ctx, input: { draft: reviewed } });
  const other = { ...reviewed, targetDatabase: "sales_tab2", schedule: { mode: "manual" as const } };
  await saveDraft({ ctx: world.ctx, input: { migrationId: id, draft: other } });
  const input = { migrationId: id, reviewed };
  await expect(startMigration({ ctx: world.ctx, input })).rejects.toMatchObject({
    fields: {
      code: "conflict",
      reason: "draft_changed",
      invalidParams: [{ path: "targetDatabase", reason: "field_changed" }],
    },
  });
  expect((await world.ctx.db.migration.findUniqueOrThrow({ where: { id } })).status).toBe("draft");
  // Where the guide stands in the other window is nothing that is started.
  const elsewhere = { ...other, step: "source" as const };
  const view = await startMigration({ ctx: world.ctx, input: { migrationId: id, reviewed: elsewhere } });
  expect(view).toMatchObject({ status: "running", target: { database: "sales_tab2" } });
});

test("in folders that nobody approved an operator starts nothing", async () => {
  const reviewed = othersDraft("folders", { transport: "shared_folder", localFolder: "/etc" });
  const { id } = await createDraft({ ctx: world.ctx, input: { draft: reviewed } });
  const start = startMigration({ ctx: world.as("operator"), input: { migrationId: id, reviewed } });
  await expect(start).rejects.toMatchObject({
    fields: { code: "forbidden", reason: "folders_not_approved", params: { local: "/etc" } },
  });
  expect((await world.ctx.db.migration.findUniqueOrThrow({ where: { id } })).status).toBe("draft");
});

test("the store itself keeps a second migration off a running one's target", async () => {
  const { db } = world.ctx;
  const row = (id: string, status: string) => ({
    id,
    status,
    name: id,
    phase: "full",
    draft: EMPTY_DRAFT,
    createdBy: "test",
    instanceId: "rm-3",
    targetDatabase: id.toUpperCase() === id ? "SHOP" : "shop",
  });
  await db.migration.create({ data: row("a", "running") });
  await expect(db.migration.create({ data: row("B", "failed") })).rejects.toMatchObject({ code: "P2002" });
  await db.migration.create({ data: row("c", "draft") });
  await db.migration.update({ where: { id: "a" }, data: { status: "succeeded" } });
  await db.migration.update({ where: { id: "c" }, data: { status: "running" } });
});

test("the plan is kept when it starts, and stays what it was; without a size there is none", async () => {
  const planned = othersDraft("planned", {
    plan: { ...EMPTY_DRAFT.plan, databaseBytes: 100e9, rates: { restore: 10e6 } },
  });
  const { id } = await createDraft({ ctx: world.ctx, input: { draft: planned } });
  await startMigration({ ctx: world.ctx, input: { migrationId: id, reviewed: planned } });
  const outlook = OutlookView.parse(await getOutlook({ ctx: world.ctx, input: { migrationId: id } }));
  const restore = outlook.parts.find(({ part }) => part === "restore");
  const seconds = Date.parse(restore?.plan?.endAt.p50 ?? "") - Date.parse(restore?.plan?.startAt.p50 ?? "");
  expect(seconds / 10_000_000).toBeCloseTo(1, 0);
  expect(outlook.plan?.madeAt).toBe(world.ctx.now().toISOString());

  const unplanned = othersDraft("unplanned");
  const other = await createDraft({ ctx: world.ctx, input: { draft: unplanned } });
  const drafted = getOutlook({ ctx: world.ctx, input: { migrationId: other.id } });
  await expect(drafted).rejects.toThrow("migration_not_started");
  await startMigration({ ctx: world.ctx, input: { migrationId: other.id, reviewed: unplanned } });
  const unknown = await getOutlook({ ctx: world.ctx, input: { migrationId: other.id } });
  expect(unknown).toMatchObject({ plan: null, behindSeconds: null });
});

test("the timeline that was chosen in the wizard is kept as a person's word, and asked about no more", async () => {
  const of = (forkGuid: string) => ({
    familyGuid: "FA",
    forkGuid,
    forkPointLsn: null,
    names: ["Sales"],
    sets: 1,
    newestAt: "2026-05-01T00:00:00",
    firstLsn: "1",
    lastLsn: "2",
  });
  const found = [of("R2"), of("R1")];
  const draft = othersDraft("forked", { timeline: { found, familyGuid: "FA", forkGuid: "R1" } });
  const { id } = await createDraft({ ctx: world.ctx, input: { draft } });
  const view = await startMigration({ ctx: world.ctx, input: { migrationId: id, reviewed: draft } });
  expect(view.timelines).toEqual([]);
  const row = await world.ctx.db.migration.findUniqueOrThrow({ where: { id } });
  expect(row.timelines).toMatchObject({ found, confirmed: { forkGuid: "R1", by: "person" } });
  const events = await world.ctx.db.migrationEvent.findMany({ where: { migrationId: id } });
  expect(events.map(({ type }) => type)).toContain("timeline_confirmed");
});

test("Immediate Access with writes stopped before it counts its downtime from the start, and has no way back but to cancel it", async () => {
  const plan = { ...EMPTY_DRAFT.plan, databaseBytes: 50e9 };
  const draft = othersDraft("still", { method: "immediate", writesStopped: true, plan });
  const { id } = await createDraft({ ctx: world.ctx, input: { draft } });
  const view = await startMigration({ ctx: world.ctx, input: { migrationId: id, reviewed: draft } });
  expect(view.cutover).toMatchObject({ stopWrites: "operator", writesStoppedAt: view.startedAt });
  expect(view.cutover?.forecastSeconds).toBeGreaterThan(0);
  expect(view.conditions).toEqual([]);
  expect(view.allowed).toContain("cancel");
  expect(view.allowed).not.toContain("go_back");
});

test("Immediate Access without that says nothing of a downtime", async () => {
  const draft = othersDraft("going", { method: "immediate" });
  const { id } = await createDraft({ ctx: world.ctx, input: { draft } });
  const view = await startMigration({ ctx: world.ctx, input: { migrationId: id, reviewed: draft } });
  expect(view.cutover).toBeNull();
});
