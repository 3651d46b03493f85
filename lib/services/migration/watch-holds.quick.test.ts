import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { AppError } from "@/lib/diagnosis/app-error";
import type { HoldUntil } from "@/lib/migration/armed-cutover";
import type { OutAnswer } from "@/lib/network/call-out";
import { actOnMigration } from "./act-on-migration";
import { addStep, CUTOVER, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";
import { getMigration } from "./get-migration";
import { watchHolds } from "./watch-holds";

let world: CustodyWorld;
beforeAll(async () => (await openCustodyWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const URL = "https://checks.example/ready?key=secret";

async function arm(hold: HoldUntil, answers: (OutAnswer | AppError)[] = []): Promise<void> {
  world = await openCustodyWorld();
  world.ctx.callOut = async () => {
    const answer = answers.shift() ?? { status: null, said: "ECONNREFUSED" };
    if (answer instanceof AppError) throw answer;
    return answer;
  };
  await actOnMigration({ ctx: world.ctx, input: { migrationId: "m", action: { ...CUTOVER, hold } } });
}

const typesOfEvents = async () =>
  (await world.ctx.db.migrationEvent.findMany({ orderBy: { seq: "asc" } })).map(({ type }) => type);

describe("an armed cutover", () => {
  test("touches nothing and forbids no round; a person lets it begin", async () => {
    await arm({ by: "person" });
    await watchHolds(world.ctx);
    const view = await world.act({ type: "take_backup", backup: "log" });
    expect(view).toMatchObject({ cutover: null, armed: { until: { by: "person" }, look: null } });
    expect(view.allowed).toEqual(expect.arrayContaining(["release_hold", "disarm"]));
    expect(view.allowed).not.toContain("cutover");
    await expect(world.act(CUTOVER)).rejects.toMatchObject({ fields: { reason: "action_not_allowed" } });
    const begun = await world.act({ type: "release_hold" });
    expect(begun).toMatchObject({ armed: null, cutover: { stopWrites: "restricted_user" } });
    expect(await typesOfEvents()).toEqual(
      expect.arrayContaining(["cutover_armed", "hold_released", "cutover_requested"]),
    );
  });

  test("is taken back without a trace at the source", async () => {
    await arm({ by: "person" });
    const view = await world.act({ type: "disarm" });
    expect(view).toMatchObject({ armed: null, cutover: null });
    expect(view.allowed).toContain("cutover");
    expect(world.source.done).toEqual([]);
    await expect(world.act({ type: "release_hold" })).rejects.toThrow();
  });

  test("begins at its time, and not before", async () => {
    const at = new Date(Date.parse("2026-05-04T10:00:00.000Z") + 60_000).toISOString();
    await arm({ by: "time", at });
    world.wait(59_000);
    await watchHolds(world.ctx);
    expect((await world.row()).cutover).toBeNull();
    world.wait(1_000);
    await watchHolds(world.ctx);
    expect(await world.row()).toMatchObject({ armed: null, cutover: { checkMode: "async" } });
  });

  test.each([
    ["the product was not running then", () => Promise.resolve()],
    [
      "a step was stopped until then",
      async () => {
        await addStep(world, { kind: "upload", nature: "resumable", status: "failed" });
        world.wait(30_000);
        await watchHolds(world.ctx);
        await world.ctx.db.migrationStep.updateMany({
          where: { kind: "upload" },
          data: { status: "cancelled" },
        });
      },
    ],
  ])(
    "does not begin long after its time, because %s: it says so, and a person lets it",
    async (_, meanwhile) => {
      await arm({ by: "time", at: "2026-05-04T10:00:20.000Z" });
      await meanwhile();
      world.wait(16 * 60_000);
      await watchHolds(world.ctx);
      expect(await world.row()).toMatchObject({
        cutover: null,
        armed: { look: { reason: "hold_time_passed" } },
      });
      await watchHolds(world.ctx);
      expect((await typesOfEvents()).filter((type) => type === "hold_missed")).toHaveLength(1);
      const view = await getMigration({ ctx: world.ctx, input: { migrationId: "m" } });
      expect(view.needs).toEqual({ key: "hold_missed", params: {} });
      expect(await world.act({ type: "release_hold" })).toMatchObject({ armed: null, cutover: {} });
    },
  );

  test("begins when its address answers 2xx; the address is kept sealed and never shown", async () => {
    const busy = { status: 503, said: "busy" };
    await arm({ by: "http", url: URL }, [{ status: 204, said: "" }, busy, busy, { status: 204, said: "" }]);
    // What the trial answered releases nothing.
    expect((await world.row()).cutover).toBeNull();
    await watchHolds(world.ctx);
    expect(await world.row()).toMatchObject({
      cutover: null,
      armed: { look: { status: 503, reason: null } },
    });
    expect(JSON.stringify([await world.row(), await world.ctx.db.migrationEvent.findMany()])).not.toContain(
      "secret",
    );
    const { version } = await world.row();
    await watchHolds(world.ctx);
    expect((await world.row()).version).toBe(version);
    await watchHolds(world.ctx);
    expect(await world.row()).toMatchObject({ armed: null, cutover: { stopWrites: "restricted_user" } });
  });

  test("stays armed and says why where it can't begin, and begins once it can", async () => {
    await arm({ by: "time", at: "2026-05-04T10:00:01.000Z" });
    await addStep(world, { kind: "upload", nature: "resumable", status: "failed" });
    world.wait(2_000);
    await watchHolds(world.ctx);
    expect(await world.row()).toMatchObject({
      cutover: null,
      armed: { look: { reason: "hold_step_stopped" } },
    });
    await world.ctx.db.migrationStep.updateMany({ where: { kind: "upload" }, data: { status: "cancelled" } });
    await watchHolds(world.ctx);
    expect(await world.row()).toMatchObject({ armed: null, cutover: { stopWrites: "restricted_user" } });
  });

  test("is not armed with an address that may not be asked", async () => {
    const refused = new AppError("forbidden", "endpoint_not_allowed", { host: "127.0.0.1" });
    await expect(arm({ by: "http", url: "https://127.0.0.1/" }, [refused])).rejects.toBe(refused);
    expect((await world.row()).armed).toBeNull();
  });
});
