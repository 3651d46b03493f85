import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { sourceFailure } from "@/lib/sqlserver/source-failure";
import { addStep, CUTOVER, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";

let world: CustodyWorld;
// The first store takes longer than all others.
beforeAll(async () => (await openCustodyWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const GO_BACK = { type: "go_back" } as const;
const CANCEL = { type: "cancel" } as const;
const HELD = { how: "restricted_user", before: { state: "ONLINE", userAccess: "MULTI_USER" } };
const UNREACHABLE = sourceFailure("unavailable", "ESOCKET", "The server is gone");

/** Writes stopped, the last log about to be taken. */
async function openStopped(): Promise<void> {
  world = await openCustodyWorld();
  await world.act(CUTOVER);
  const looked = { where: { kind: "check_target" }, data: { status: "cancelled" } };
  await world.ctx.db.migrationStep.updateMany(looked);
  await addStep(world, { kind: "stop_writes", nature: "repeatable", status: "queued" });
  await world.run("stop_writes");
}

describe("a server that is gone for good", () => {
  const GIVE_UP = { type: "give_up_source", confirmName: "Sales" } as const;

  async function stuck(asked: typeof GO_BACK | typeof CANCEL): Promise<void> {
    await openStopped();
    await world.act(asked);
    world.source.down = UNREACHABLE;
    await world.run("release_source");
  }

  test("is asked no more on a person's word, and the record says whose: the migration is cancelled", async () => {
    await stuck(CANCEL);
    const view = await world.act(GIVE_UP);
    expect(view).toMatchObject({ status: "cancelled", custody: null });
    expect(await world.row()).toMatchObject({ custody: null, release: null });
    const events = await world.ctx.db.migrationEvent.findMany({ orderBy: { seq: "asc" } });
    expect(events.slice(-2)).toMatchObject([
      { type: "source_given_up", actor: "operator", payload: { database: "Sales" } },
      { type: "cancelled", actor: "operator" },
    ]);
    expect(await world.steps()).not.toContainEqual(expect.stringMatching(/^release_source/));
  });

  test("the way back ends the same: between rounds, where it may be cancelled", async () => {
    await stuck(GO_BACK);
    const view = await world.act(GIVE_UP);
    expect(view).toMatchObject({ cutover: null, custody: null });
    expect(view.allowed).toContain("cancel");
  });

  test("one that an earlier version left behind is given up too", async () => {
    await openStopped();
    await world.ctx.db.migration.update({ where: { id: "m" }, data: { status: "cancelled" } });
    expect(await world.act(GIVE_UP)).toMatchObject({ status: "cancelled", custody: null });
  });

  test("not while it answers, not in the cutover, and not by another name", async () => {
    await openStopped();
    const refused = { fields: { reason: "source_not_stuck" } };
    await expect(world.act(GIVE_UP)).rejects.toMatchObject(refused);
    await world.act(CANCEL);
    await expect(world.act(GIVE_UP)).rejects.toMatchObject(refused);
    world.source.down = UNREACHABLE;
    await world.run("release_source");
    await expect(world.act({ ...GIVE_UP, confirmName: "sales" })).rejects.toMatchObject({
      fields: { reason: "name_does_not_match" },
    });
    expect((await world.row()).custody).toMatchObject(HELD);
  });
});
