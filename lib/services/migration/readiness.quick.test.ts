import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/context/context";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import type { CutoverRules } from "@/lib/contracts/cutover-rules";
import type { MigrationAction } from "@/lib/contracts/migration";
import { actOnMigration } from "./act-on-migration";
import { addStep, CUTOVER, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";
import { getCutoverRules, saveCutoverRules } from "./cutover-rules";
import { watchHolds } from "./watch-holds";

let world: CustodyWorld;
beforeAll(async () => (await openCustodyWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const actAs = (id: string, action: MigrationAction) => {
  const actor: Actor = { kind: "person", id, name: id, role: "operator" };
  return actOnMigration({ ctx: { ...world.ctx, actor }, input: { migrationId: "m", action } });
};
const setRules = (rules: CutoverRules) => saveCutoverRules({ ctx: world.as("administrator"), input: rules });
const typesOfEvents = async () =>
  (await world.ctx.db.migrationEvent.findMany({ orderBy: { seq: "asc" } })).map(({ type }) => type);

describe("the checklist", () => {
  const LINES = [
    { id: null, text: "Stop the shop", when: "before" as const },
    { id: null, text: "Point the shop at RDS", when: "after" as const },
  ];

  test("is ticked with name and time; lines that stay keep their ticks", async () => {
    world = await openCustodyWorld();
    const set = await actAs("ada", { type: "set_checklist", checklist: { strict: false, items: LINES } });
    const [stop, point] = set.checklist?.items ?? [];
    const ticked = await actAs("bob", { type: "tick", itemId: stop?.id ?? "", ticked: true });
    const tick = { by: "bob", at: "2026-05-04T10:00:00.000Z" };
    expect(ticked.checklist?.items).toMatchObject([{ ticked: tick }, { ticked: null }]);
    const kept = [
      { id: stop?.id ?? "", text: "Stop the shop", when: "before" as const },
      { id: point?.id ?? "", text: "Point the shops at RDS", when: "after" as const },
    ];
    const again = await actAs("ada", { type: "set_checklist", checklist: { strict: true, items: kept } });
    expect(again.checklist).toMatchObject({ strict: true, items: [{ ticked: tick }, { ticked: null }] });
    expect((await typesOfEvents()).filter((type) => type.startsWith("checklist"))).toEqual([
      "checklist_set",
      "checklist_ticked",
      "checklist_set",
    ]);
    await expect(actAs("ada", { type: "tick", itemId: "gone", ticked: true })).rejects.toMatchObject({
      fields: { reason: "checklist_line_gone" },
    });
  });

  test("open before the cutover: accepted by who cuts over, or forbidding it, as set; done anew after going back", async () => {
    world = await openCustodyWorld();
    const set = (strict: boolean) =>
      actAs("ada", { type: "set_checklist", checklist: { strict, items: LINES } });
    const open = (await set(true)).conditions.find(({ key }) => key === "checklist_ticked");
    expect(open).toEqual({ key: "checklist_ticked", state: "yours", soft: false, params: { open: 1 } });
    await expect(actAs("ada", CUTOVER)).rejects.toMatchObject({
      fields: { reason: "cutover_not_ready", params: { condition: "checklist_ticked" } },
    });
    const soft = await set(false);
    expect(soft.conditions.find(({ key }) => key === "checklist_ticked")?.soft).toBe(true);
    const itemId = soft.checklist?.items[0]?.id ?? "";
    await actAs("ada", { type: "tick", itemId, ticked: true });
    expect((await actAs("ada", CUTOVER)).cutover).not.toBeNull();
    await world.ctx.db.migrationStep.updateMany({
      where: { kind: "check_target" },
      data: { status: "cancelled" },
    });
    await addStep(world, { kind: "stop_writes", nature: "repeatable", status: "queued" });
    await world.run("stop_writes");
    await actAs("ada", { type: "go_back" });
    await world.run("release_source");
    expect((await world.row()).checklist).toMatchObject({ items: [{ ticked: null }, { ticked: null }] });
  });
});

describe("a freeze", () => {
  const FREEZE = {
    ...{ name: "Year end", timeZone: "Europe/Berlin" },
    ...{ from: "2026-05-04T10:30:00.000Z", until: "2026-05-04T12:00:00.000Z" },
  };

  test("forbids a cutover by its name, and no arming", async () => {
    world = await openCustodyWorld();
    await setRules({ approval: false, freezes: [FREEZE] });
    world.wait(30 * 60_000);
    await expect(actAs("ada", CUTOVER)).rejects.toMatchObject({
      fields: { reason: "cutover_frozen", params: { name: "Year end", until: FREEZE.until } },
    });
    await actAs("ada", { ...CUTOVER, hold: { by: "person" } });
    await expect(actAs("ada", { type: "release_hold" })).rejects.toMatchObject({
      fields: { reason: "cutover_frozen" },
    });
    world.wait(90 * 60_000);
    expect(await actAs("ada", { type: "release_hold" })).toMatchObject({ armed: null, cutover: {} });
  });

  test("is waited for by a cutover that was to begin within it, which says so and misses nothing", async () => {
    world = await openCustodyWorld();
    await setRules({ approval: false, freezes: [FREEZE] });
    await actAs("ada", { ...CUTOVER, hold: { by: "time", at: "2026-05-04T11:00:00.000Z" } });
    world.wait(65 * 60_000);
    await watchHolds(world.ctx);
    expect(await world.row()).toMatchObject({
      cutover: null,
      armed: { look: { reason: "cutover_frozen", params: { name: "Year end" } } },
    });
    world.wait(55 * 60_000);
    await watchHolds(world.ctx);
    expect(await world.row()).toMatchObject({ armed: null, cutover: { stopWrites: "restricted_user" } });
  });

  test("ends after it begins, and is set by administrators", async () => {
    world = await openCustodyWorld();
    const turned = { ...FREEZE, until: FREEZE.from };
    await expect(setRules({ approval: false, freezes: [FREEZE, turned] })).rejects.toMatchObject({
      fields: { invalidParams: [{ path: "freezes.1.until" }] },
    });
    await expect(
      saveCutoverRules({ ctx: world.as("operator"), input: { approval: true, freezes: [] } }),
    ).rejects.toMatchObject({ fields: { code: "forbidden" } });
    expect(await getCutoverRules({ ctx: world.as("viewer") })).toEqual({ approval: false, freezes: [] });
  });
});

test("a cutover that needs a second person is armed by one and approved by another", async () => {
  world = await openCustodyWorld();
  await setRules({ approval: true, freezes: [] });
  await expect(actAs("ada", CUTOVER)).rejects.toMatchObject({ fields: { reason: "cutover_needs_approval" } });
  await expect(actAs("bob", { type: "approve_cutover" })).rejects.toMatchObject({
    fields: { code: "conflict" },
  });
  const armed = await actAs("ada", { ...CUTOVER, hold: { by: "person" } });
  expect(armed.armed).toMatchObject({ needsApproval: true, approved: null });
  await expect(actAs("bob", { type: "release_hold" })).rejects.toMatchObject({
    fields: { reason: "cutover_needs_approval" },
  });
  await expect(actAs("ada", { type: "approve_cutover" })).rejects.toMatchObject({
    fields: { reason: "approval_by_same_person" },
  });
  expect((await actAs("bob", { type: "approve_cutover" })).armed?.approved).toMatchObject({ by: "bob" });
  expect(await actAs("ada", { type: "release_hold" })).toMatchObject({ armed: null, cutover: {} });
});
