import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { createDraft } from "./create-draft";
import { findRehearsed } from "./find-rehearsed";
import { rehearsalDraft, rehearseDraft } from "./rehearse-draft";

let world: TestCtx;
beforeEach(async () => {
  world = await openQuickCtx();
}, OPENING_MS);
afterEach(() => world.close());

const DRAFT = {
  ...EMPTY_DRAFT,
  ...{ sourceConnectionId: "source", sourceDatabase: "Shop", instanceId: "rm-1", targetDatabase: " shop " },
  prefix: "shop/",
  schedule: { mode: "every", minutes: 30, backup: "log" } as const,
};

describe("the draft of a rehearsal", () => {
  test("is under a name and in a folder that are thrown away, and begins by nothing but its start", () => {
    expect(rehearsalDraft(DRAFT)).toMatchObject({
      ...{ rehearsal: true, targetDatabase: "shop_rehearsal", prefix: "shop_rehearsal/" },
      ...{ schedule: { mode: "manual" }, method: "access_pending", sourceDatabase: "Shop", step: "review" },
    });
  });

  test("has a name that RDS takes, and reads the files of others where they lie", () => {
    const long = rehearsalDraft({ ...DRAFT, backupBy: "others", targetDatabase: "x".repeat(64) });
    expect(long.targetDatabase).toBe(`${"x".repeat(54)}_rehearsal`);
    expect(long.prefix).toBe("shop/");
  });

  test("is made beside the draft, which stays as it is; not of one that has started", async () => {
    const { id } = await createDraft({ ctx: world.ctx, input: { draft: DRAFT } });
    const made = await rehearseDraft({ ctx: world.ctx, input: { migrationId: id } });
    expect(made.id).not.toBe(id);
    expect(made.draft).toMatchObject({ rehearsal: true, targetDatabase: "shop_rehearsal" });
    const { draft } = await world.ctx.db.migration.findUniqueOrThrow({ where: { id } });
    expect(draft).toMatchObject({ rehearsal: false, targetDatabase: " shop " });
    await world.ctx.db.migration.update({ where: { id }, data: { status: "running" } });
    await expect(rehearseDraft({ ctx: world.ctx, input: { migrationId: id } })).rejects.toMatchObject({
      fields: { reason: "migration_not_a_draft" },
    });
    await expect(rehearseDraft({ ctx: world.ctx, input: { migrationId: "?" } })).rejects.toMatchObject({
      fields: { code: "not_found" },
    });
  });
});

describe("what a rehearsal showed", () => {
  const T0 = Date.parse("2026-05-04T08:00:00.000Z");
  const at = (minutes: number) => new Date(T0 + minutes * 60_000);

  async function rehearsed(id: string, onlineMinutes: number | null, over: object = {}): Promise<void> {
    const { db } = world.ctx;
    await db.migration.create({
      data: {
        ...{
          id,
          name: id,
          status: "succeeded",
          phase: "online",
          draft: rehearsalDraft(DRAFT),
          createdBy: "t",
        },
        ...{ method: "access_pending", transport: "shared_folder", backupBy: "app", rehearsal: true },
        ...{ sourceConnectionId: "source", sourceDatabase: "Shop", instanceId: "rm-1" },
        onlineAt: onlineMinutes === null ? null : at(onlineMinutes),
        ...over,
      },
    });
    await db.migrationStep.create({
      data: {
        ...{ id: `${id}-open`, migrationId: id, key: "open#9", kind: "open", nature: "once" },
        ...{ status: "succeeded", ordinal: 9, input: {}, result: {}, startedAt: at(50) },
      },
    });
  }

  test("is that of the newest which came online: how long its opening took", async () => {
    await rehearsed("old", 51);
    await rehearsed("new", 52);
    await rehearsed("stuck", null);
    await rehearsed("elsewhere", 55, { instanceId: "rm-2" });
    await rehearsed("other", 56, { sourceDatabase: "Orders" });
    await rehearsed("real", 57, { rehearsal: false });
    expect(await findRehearsed(world.ctx, DRAFT)).toMatchObject({
      ...{ migrationId: "new", openSeconds: 120, at: at(52).toISOString(), rounds: [] },
    });
  });

  test("is nothing for a rehearsal itself, and nothing where there was none", async () => {
    expect(await findRehearsed(world.ctx, DRAFT)).toBeNull();
    await rehearsed("new", 52);
    expect(await findRehearsed(world.ctx, rehearsalDraft(DRAFT))).toBeNull();
    expect(await findRehearsed(world.ctx, { ...DRAFT, sourceDatabase: null })).toBeNull();
  });
});
