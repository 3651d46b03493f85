import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type MigrationDraft, MigrationView } from "@/lib/contracts/migration";
import { appendEvents } from "@/lib/store/append-events";
import { listEvents } from "../event/list-events";
import { readGauges } from "../event/read-gauges";
import { readMissedEvents, readPulse } from "../event/read-pulse";
import { createDraft } from "./create-draft";
import { deleteDraft } from "./delete-draft";
import { listBlockers } from "./list-blockers";
import { saveDraft } from "./save-draft";

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
  for (const [id, kind] of [
    ["src", "sql_server"],
    ["cloud", "cloud_account"],
  ] as const) {
    await world.ctx.db.connection.create({
      data: {
        id,
        kind,
        name: id,
        sandbox: id === "cloud",
        secretSealed: "",
        config:
          kind === "sql_server"
            ? {
                host: "h",
                port: null,
                instanceName: null,
                user: "u",
                encrypt: "on",
                trustServerCertificate: true,
              }
            : {
                regionId: "cn-hangzhou",
                accessKeyId: "a",
                rdsEndpoint: null,
                ramEndpoint: null,
                ossEndpoint: null,
              },
      },
    });
  }
}, OPENING_MS);
afterAll(() => world.close());

const draftOf = (change: Partial<MigrationDraft> = {}): MigrationDraft => ({
  ...EMPTY_DRAFT,
  sourceConnectionId: "src",
  sourceDatabase: "Shop",
  sourceFolder: "D:\\Backup\\",
  localFolder: "/mnt/backup",
  cloudConnectionId: "cloud",
  bucket: "staging",
  prefix: "shop/",
  instanceId: "rm-1",
  targetDatabase: "shop",
  ...change,
});

describe("the draft on the server", () => {
  test("is created, saved whole, and read by another browser", async () => {
    const ctx = world.as("operator");
    const made = await createDraft({ ctx, input: {} });
    expect(MigrationView.parse(made)).toMatchObject({
      status: "draft",
      draft: EMPTY_DRAFT,
      createdBy: "operator",
    });
    const saved = await saveDraft({ ctx, input: { migrationId: made.id, draft: draftOf() } });
    expect(saved).toMatchObject({
      name: "shop",
      draft: draftOf(),
      sandbox: true,
      target: { instanceId: "rm-1" },
    });
    const { events } = await listEvents({ ctx, input: { migrationId: made.id, after: 0 } });
    expect(events).toMatchObject([{ seq: 1, type: "draft_created", actor: "operator" }]);
  });

  test("is deleted with its events; a second time it is not there", async () => {
    const { id } = await createDraft({ ctx: world.ctx, input: { draft: draftOf() } });
    const input = { migrationId: id };
    await deleteDraft({ ctx: world.ctx, input });
    expect(await world.ctx.db.migrationEvent.count({ where: { migrationId: id } })).toBe(0);
    await expect(deleteDraft({ ctx: world.ctx, input })).rejects.toMatchObject({
      fields: { code: "not_found", reason: "migration_not_found" },
    });
  });

  test("once it has begun it is no draft: neither saved nor deleted", async () => {
    const { id } = await createDraft({ ctx: world.ctx, input: { draft: draftOf() } });
    await world.ctx.db.migration.update({ where: { id }, data: { status: "running" } });
    const refused = { fields: { code: "conflict", reason: "migration_not_a_draft" } };
    const input = { migrationId: id, draft: draftOf() };
    await expect(saveDraft({ ctx: world.ctx, input })).rejects.toMatchObject(refused);
    await expect(deleteDraft({ ctx: world.ctx, input })).rejects.toMatchObject(refused);
    await expect(listBlockers({ ctx: world.ctx, input })).rejects.toMatchObject(refused);
    await world.ctx.db.migration.update({ where: { id }, data: { status: "cancelled" } });
  });

  test("a viewer may look, but not write", async () => {
    const { id } = await createDraft({ ctx: world.ctx, input: { draft: draftOf() } });
    const ctx = world.as("viewer");
    await expect(createDraft({ ctx, input: {} })).rejects.toMatchObject({ fields: { code: "forbidden" } });
    await expect(deleteDraft({ ctx, input: { migrationId: id } })).rejects.toMatchObject({
      fields: { code: "forbidden" },
    });
    expect(await listBlockers({ ctx, input: { migrationId: id } })).toEqual({ blockers: [] });
  });

  test("blockers know the other migrations under way", async () => {
    const other = await createDraft({ ctx: world.ctx, input: { draft: draftOf() } });
    await world.ctx.db.migration.update({
      where: { id: other.id },
      data: { status: "failed", cloudConnectionId: "cloud", instanceId: "rm-1", targetDatabase: "SHOP" },
    });
    const { id } = await createDraft({ ctx: world.ctx, input: { draft: draftOf() } });
    const { blockers } = await listBlockers({ ctx: world.ctx, input: { migrationId: id } });
    expect(blockers).toMatchObject([{ step: "import", field: "targetDatabase", reason: "target_in_use" }]);
    await world.ctx.db.migration.update({ where: { id: other.id }, data: { status: "cancelled" } });
  });
});

test("events come in pages and in order; the pulse shows the newest and the gauges under way", async () => {
  const { id } = await createDraft({ ctx: world.ctx, input: {} });
  const events = Array.from({ length: 1200 }, (_, index) => ({
    type: "rds_status" as const,
    payload: { file: `${index}.trn`, status: "restoring" as const },
  }));
  const { db } = world.ctx;
  await db.$transaction((tx) =>
    appendEvents(tx, { migrationId: id, actor: "engine", at: new Date(), events }),
  );
  const step = {
    migrationId: id,
    kind: "upload",
    nature: "resumable",
    status: "running",
    ordinal: 1,
    input: {},
  };
  const startedAt = new Date();
  await db.migrationStep.create({
    data: { ...step, id: `${id}-1`, key: "upload:0", startedAt, progress: { doneBytes: 5 } },
  });
  await db.migrationStep.create({
    data: {
      ...step,
      id: `${id}-2`,
      key: "upload:1",
      startedAt,
      finishedAt: startedAt,
      progress: { doneBytes: 9 },
    },
  });
  const ctx = world.as("viewer");
  const page = await listEvents({ ctx, input: { migrationId: id, after: 0 } });
  expect(page.events).toHaveLength(1000);
  const missed = await readMissedEvents({
    ctx,
    input: { migrationId: id, after: 100, upTo: Number.MAX_SAFE_INTEGER },
  });
  expect(missed.map((event) => event.seq)).toEqual(Array.from({ length: 1101 }, (_, index) => index + 101));
  const pulse = await readPulse({ ctx, input: { migrationId: id } });
  expect(pulse.lastSeq).toBe(1201);
  expect(readGauges(pulse.gauges)).toMatchObject([
    { id: `${id}-1`, progress: { doneBytes: 5, percent: null } },
  ]);
  await expect(listEvents({ ctx, input: { migrationId: "none", after: 0 } })).rejects.toMatchObject({
    fields: { reason: "migration_not_found" },
  });
});
