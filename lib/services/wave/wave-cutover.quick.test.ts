import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx } from "@/lib/context/open-test-ctx";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { concludeRelease } from "@/lib/steps/release-source/conclude-release";
import { Prisma } from "@/lib/store/generated/client";
import type { WaveCutoverWishes } from "@/lib/wave/wave-rules";
import { actOnWave } from "./act-on-wave";
import { readWavePulse, readWavePulses } from "./read-wave-pulse";
import { act, advance, begin, down, look, stages, waits, world } from "./waves-world-fixture";

beforeAll(async () => (await openQuickCtx()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

describe("what its page follows", () => {
  test("is another version when a member, a place, or a fiftieth of a gauge is another, and the same otherwise", async () => {
    const { id, members } = await begin(["Sales", "HR"]);
    await look(id);
    const { db } = world.ctx;
    const pulse = async () =>
      (await readWavePulse({ ctx: world.as("viewer"), input: { waveId: id } })).version;
    const first = await pulse();
    expect(await pulse()).toBe(first);
    const migrationId = members[0]?.migration.id ?? "";
    await db.migration.updateMany({ where: { id: migrationId }, data: { version: { increment: 1 } } });
    const second = await pulse();
    expect(second).not.toBe(first);
    await act(id, {
      type: "set_places",
      migrationIds: members.map(({ migration }) => migration.id).reverse(),
    });
    expect(await pulse()).not.toBe(second);
    const [step] = await db.migrationStep.findMany({ where: { migrationId } });
    const gauge = async (doneBytes: number) => {
      const progress = { doneBytes, totalBytes: 1000, bytesPerSecond: null, percent: null };
      const data = { progress, startedAt: world.clock.at, finishedAt: null };
      await db.migrationStep.updateMany({ where: { id: step?.id ?? "" }, data });
      return pulse();
    };
    const some = await gauge(1);
    expect(await gauge(19)).toBe(some);
    expect(await gauge(20)).not.toBe(some);
  });

  test("is not there of a wave that is gone, and of many that are looked at each is told of by itself", async () => {
    const { id } = await begin(["Sales"]);
    await look(id);
    const ctx = world.as("viewer");
    const gone = { fields: { reason: "wave_not_found" } };
    await expect(readWavePulse({ ctx, input: { waveId: "none" } })).rejects.toMatchObject(gone);
    const pulses = await readWavePulses({ ctx, input: { waveIds: ["none", id] } });
    expect(pulses.get("none")).toMatchObject(gone);
    expect(pulses.get(id)).toEqual(await readWavePulse({ ctx, input: { waveId: id } }));
  });
});

describe("its cutover", () => {
  const CUTOVER: WaveCutoverWishes = {
    mode: "sequence",
    perInstance: true,
    waitMinutes: 0,
    stopWrites: "restricted_user",
    checkMode: "async",
    deadline: { minutes: 10, after: "take_back" },
    window: null,
  };

  async function ready(names: readonly string[]): Promise<{ id: string; ids: string[] }> {
    const wave = await begin(names, { sourcesAtOnce: 20, restoresAtOnce: 20, order: "as_listed" });
    const ids = (await look(wave.id)).members.map(({ migration }) => migration.id);
    for (const id of ids) await advance(id, "uploaded");
    await look(wave.id);
    for (const id of ids) await advance(id, "rounds");
    return { id: wave.id, ids };
  }

  const cutovers = async () =>
    world.ctx.db.migration.findMany({
      orderBy: { wavePlace: "asc" },
      select: { armed: true, cutover: true },
    });

  test("is armed for each that is ready, begins by a person's word, one after another, with the deadline of each", async () => {
    const { id, ids } = await ready(["Sales", "HR"]);
    await act(id, { type: "arm", cutover: CUTOVER });
    const armed = await look(id);
    expect(armed.members.map((one) => one.armed)).toEqual([true, true]);
    expect(waits(await look(id))).toEqual(["not_open", "not_open"]);
    await expect(act(id, { type: "go", confirmName: "wave 1" })).rejects.toMatchObject({
      fields: { reason: "name_does_not_match" },
    });
    await act(id, { type: "go", confirmName: "Wave 1" });
    const begun = await look(id);
    expect(stages(begun)).toEqual(["cutting_over", "rounds"]);
    expect(waits(begun)).toEqual([null, "turn"]);
    expect(await cutovers()).toMatchObject([
      { armed: null, cutover: { deadline: { minutes: 10, after: "take_back" } } },
      { armed: { until: { by: "wave", waveId: id } }, cutover: null },
    ]);
    await world.ctx.db.migration.updateMany({
      where: { id: ids[0] ?? "" },
      data: { onlineAt: world.clock.at },
    });
    expect(stages(await look(id))).toEqual(["online", "cutting_over"]);
  });

  test("does not wait for one that has passed its deadline and asks a person, nor for one that was cancelled", async () => {
    const { id, ids } = await ready(["Sales", "HR", "ERP"]);
    await act(id, { type: "arm", cutover: { ...CUTOVER, deadline: { minutes: 10, after: "ask" } } });
    await look(id);
    await act(id, { type: "go", confirmName: "Wave 1" });
    expect(stages(await look(id))).toEqual(["cutting_over", "rounds", "rounds"]);
    const [sales = "", hr = ""] = ids;
    const { db } = world.ctx;
    const row = await db.migration.findUniqueOrThrow({ where: { id: sales } });
    const passed = { at: world.clock.at.toISOString(), why: "reached" };
    const cutover = { ...Object(row.cutover), deadline: { minutes: 10, after: "ask", passed } };
    await db.migration.updateMany({ where: { id: sales }, data: { cutover, version: { increment: 1 } } });
    await db.migration.updateMany({
      where: { id: hr },
      data: { status: "cancelled", version: { increment: 1 } },
    });
    const next = await look(id);
    expect(stages(next)).toEqual(["cutting_over", "left_out", "cutting_over"]);
    expect(next.members.map(({ armed }) => armed)).toEqual([false, false, false]);
  });

  test("does not begin once somebody has paused, while the look that would let it is under way", async () => {
    const { id } = await begin(["Sales", "HR"], { sourcesAtOnce: 1, order: "as_listed" });
    const [sales = ""] = (await look(id)).members.map(({ migration }) => migration.id);
    world.clients.objects = () => Promise.reject(down());
    await advance(sales, "uploaded");
    await look(id);
    await advance(sales, "rounds");
    await act(id, { type: "arm", cutover: CUTOVER });
    await look(id);
    await act(id, { type: "go", confirmName: "Wave 1" });
    world.clock.at = new Date(world.clock.at.getTime() + 61_000);
    world.clients.objects = async () => {
      await act(id, { type: "pause" });
      throw down();
    };
    const paused = await look(id);
    expect(paused.members.map(({ stage, wait }) => [stage, wait])).toEqual([
      ["rounds", "paused"],
      ["waiting", "paused"],
    ]);
    expect(await cutovers()).toMatchObject([{ cutover: null }, { cutover: null }]);
  });

  test("goes to the next where one can't begin, and says why", async () => {
    const { id, ids } = await ready(["Sales", "HR"]);
    await act(id, { type: "arm", cutover: CUTOVER });
    await look(id);
    await act(id, { type: "go", confirmName: "Wave 1" });
    const migrationId = ids[0] ?? "";
    const refused = { id: "bad", migrationId, name: "l.trn", objectKey: "l", state: "refused", type: "log" };
    await world.ctx.db.backupFile.create({ data: refused });
    await look(id);
    const passed = await look(id);
    expect(stages(passed)).toEqual(["rounds", "cutting_over"]);
    expect(passed.members[0]).toMatchObject({ armed: true, heldBecause: "cutover_not_ready" });
  });

  test("gives the others their turn for as long as one can't begin, however often it is asked again", async () => {
    const { id, ids } = await ready(["Sales", "HR", "ERP"]);
    await act(id, { type: "arm", cutover: CUTOVER });
    await look(id);
    await act(id, { type: "go", confirmName: "Wave 1" });
    const [sales = "", hr = ""] = ids;
    const refused = { id: "bad", migrationId: sales, name: "l.trn", objectKey: "l", type: "log" };
    await world.ctx.db.backupFile.create({ data: { ...refused, state: "refused" } });
    await look(id);
    expect(stages(await look(id))).toEqual(["rounds", "cutting_over", "rounds"]);
    world.clock.at = new Date(world.clock.at.getTime() + 300_000);
    await world.ctx.db.migration.updateMany({ where: { id: hr }, data: { onlineAt: world.clock.at } });
    // The first is asked again, can't, and the third begins at the look behind that.
    await look(id);
    expect(stages(await look(id))).toEqual(["rounds", "online", "cutting_over"]);
  });

  test("leaves whom a person has disarmed, until it is told to try again", async () => {
    const { id, ids } = await ready(["Sales", "HR"]);
    await act(id, { type: "arm", cutover: CUTOVER });
    await look(id);
    const migrationId = ids[0] ?? "";
    world.clock.at = new Date(world.clock.at.getTime() + 1_000);
    await actOnMigration({ ctx: world.as("operator"), input: { migrationId, action: { type: "disarm" } } });
    const out = await look(id);
    expect(out.members[0]).toMatchObject({ armed: false, wait: "out", note: { reason: "wave_disarmed" } });
    await act(id, { type: "try_again", migrationIds: [migrationId] });
    expect((await look(id)).members[0]).toMatchObject({ armed: true });
  });

  test("leaves whom its deadline took back, until it is told to try again, and leaves it anew when that is taken back too", async () => {
    const { id, ids } = await ready(["Sales"]);
    await act(id, { type: "arm", cutover: CUTOVER });
    const migrationId = ids[0] ?? "";
    const takeBack = () => {
      const releasedAt = world.clock.at.toISOString();
      const takenBack = { by: "deadline", minutes: 10, after: "take_back", passed: null, releasedAt };
      return world.ctx.db.migration.updateMany({ where: { id: migrationId }, data: { takenBack } });
    };
    world.clock.at = new Date(world.clock.at.getTime() + 1_000);
    await takeBack();
    expect((await look(id)).members[0]).toMatchObject({ armed: false, wait: "out", takenBack: "deadline" });
    world.clock.at = new Date(world.clock.at.getTime() + 1_000);
    await act(id, { type: "try_again", migrationIds: ids });
    expect((await look(id)).members[0]).toMatchObject({ armed: true, takenBack: null });
    world.clock.at = new Date(world.clock.at.getTime() + 1_000);
    await takeBack();
    await world.ctx.db.migration.updateMany({ data: { armed: Prisma.DbNull } });
    expect((await look(id)).members[0]).toMatchObject({ armed: false, wait: "out", takenBack: "deadline" });
  });

  test("does not begin anew what a person took back, until they say so", async () => {
    const { id, ids } = await ready(["Sales"]);
    await act(id, { type: "arm", cutover: CUTOVER });
    await look(id);
    await act(id, { type: "go", confirmName: "Wave 1" });
    expect(stages(await look(id))).toEqual(["cutting_over"]);
    const migrationId = ids[0] ?? "";
    const { db } = world.ctx;
    const release = { why: "go_back", by: "x", at: world.clock.at.toISOString() };
    await db.migration.updateMany({ where: { id: migrationId }, data: { release } });
    const now = world.ctx.now();
    await db.$transaction((tx) => concludeRelease(tx, { migrationId, now }));
    // As its release's own step leaves it, with none of the cutover's steps in hand.
    await db.migrationStep.deleteMany({ where: { migrationId, status: "cancelled" } });
    await db.migration.updateMany({ data: { phase: "rounds", version: { increment: 1 } } });
    expect((await look(id)).members[0]).toMatchObject({
      armed: false,
      note: { asked: "cutover", reason: "wave_went_back" },
    });
    await act(id, { type: "try_again", migrationIds: ids });
    expect((await look(id)).members[0]?.note).toBeNull();
  });

  test("is taken back as a whole before it has begun: nobody is armed any more, and can be asked for anew", async () => {
    const { id } = await ready(["Sales"]);
    await act(id, { type: "arm", cutover: CUTOVER });
    await look(id);
    const none = await act(id, { type: "disarm" });
    expect(none).toMatchObject({ cutover: null, members: [{ armed: false, note: null }] });
    await act(id, { type: "arm", cutover: { ...CUTOVER, mode: "together" } });
    expect((await look(id)).members[0]).toMatchObject({ armed: true });
  });

  test("waits for a second person where the rules ask for one, and one word holds for all", async () => {
    const { id } = await ready(["Sales", "HR"]);
    const value = { approval: true, freezes: [] };
    await world.ctx.db.setting.create({ data: { key: "cutover_rules", value } });
    await act(id, { type: "arm", cutover: { ...CUTOVER, mode: "together" } });
    await look(id);
    await act(id, { type: "go", confirmName: "Wave 1" });
    expect(waits(await look(id))).toEqual(["needs_approval", "needs_approval"]);
    await expect(act(id, { type: "approve" })).rejects.toMatchObject({
      fields: { reason: "approval_by_same_person" },
    });
    await actOnWave({ ctx: world.as("administrator"), input: { waveId: id, action: { type: "approve" } } });
    expect(stages(await look(id))).toEqual(["cutting_over", "cutting_over"]);
  });
});
