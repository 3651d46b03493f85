import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx } from "@/lib/context/open-test-ctx";
import type { WaveRules } from "@/lib/wave/wave-rules";
import { getWave } from "./get-wave";
import { listWaves } from "./list-waves";
import { listWavePreflight } from "./wave-preflight";
import { act, advance, begin, disk, input, look, save, stages, waits, world } from "./waves-world-fixture";

beforeAll(async () => (await openQuickCtx()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

describe("what is under way beside a wave", () => {
  /** A wave that has begun before, and another one on the same server and instance. */
  async function two(
    first: readonly string[],
    second: readonly string[],
    rules: Partial<WaveRules> = {},
  ): Promise<[string, string]> {
    const one = await begin(first, rules);
    await look(one.id);
    const other = await save({ ...input(second, rules), name: "Wave 2" });
    await act(other.id, { type: "start" });
    return [one.id, other.id];
  }
  const partsOf = async (waveId: string) =>
    (await world.ctx.db.migration.findMany({ where: { waveId }, orderBy: { wavePlace: "asc" } })).map(
      ({ wavePart }) => wavePart,
    );

  test("takes places at the server and the instance, and is named with what it takes", async () => {
    const [one, other] = await two(["Sales"], ["HR", "ERP"], { sourcesAtOnce: 2, order: "as_listed" });
    const second = await look(other);
    expect(stages(second)).toEqual(["preparing", "waiting"]);
    expect(waits(second)[1]).toBe("source_busy");
    expect(second.instances).toMatchObject([
      { beside: { count: 1, begun: 1, bytes: 10e9, unknown: 0, imports: 4, waves: ["Wave 1"] } },
    ]);
    const first = await getWave({ ctx: world.ctx, input: { waveId: one } });
    // One of the two waits: it takes of the disk when its turn comes, and of today's imports nothing yet.
    expect(first.instances).toMatchObject([
      { beside: { count: 2, begun: 1, bytes: 21e9, imports: 4, waves: ["Wave 2"] } },
    ]);
    const matrix = await listWavePreflight({ ctx: world.as("viewer"), input: { waveId: one } });
    expect(matrix.instances).toMatchObject([{ neededBytes: 10e9, beside: { count: 2, bytes: 21e9 } }]);
  });

  test("one restore at once is one for both, also while a migration of its own has it", async () => {
    const [one, other] = await two(["Sales"], ["HR"], { restoresAtOnce: 1 });
    const [sales, hr] = [await look(one), await look(other)].map(
      ({ members }) => members[0]?.migration.id ?? "",
    );
    for (const id of [sales, hr]) await advance(id ?? "", "uploaded");
    expect(stages(await look(one))).toEqual(["restoring"]);
    expect(waits(await look(other))).toEqual(["instance_busy"]);
    await act(one, { type: "leave_out", migrationIds: [sales ?? ""] });
    const alone = await look(other);
    expect(waits(alone)).toEqual(["instance_busy"]);
    expect(alone.instances).toMatchObject([{ beside: { count: 1, waves: [] } }]);
    await advance(sales ?? "", "rounds");
    expect(stages(await look(other))).toEqual(["restoring"]);
  });

  test("a wave that is paused keeps no places from another: nothing of it is sent or restored", async () => {
    const rules = { sourcesAtOnce: 1, restoresAtOnce: 1 };
    const [one, other] = await two(["Sales"], ["HR"], rules);
    const id = (await look(one)).members[0]?.migration.id ?? "";
    await world.ctx.db.migrationStep.updateMany({ where: { migrationId: id }, data: { kind: "upload" } });
    expect(waits(await look(other))).toEqual(["source_busy"]);
    await act(one, { type: "pause" });
    expect(stages(await look(other))).toEqual(["preparing"]);
  });

  test("what of a paused wave would be sent says so, and its list counts whom it needs a person for as its page does", async () => {
    const wave = await begin(["Sales", "HR"], { sourcesAtOnce: 2 });
    const ids = (await look(wave.id)).members.map(({ migration }) => migration.id);
    await world.ctx.db.migrationStep.updateMany({ data: { kind: "upload" } });
    expect(waits(await act(wave.id, { type: "pause" }))).toEqual(["paused", "paused"]);
    const seen = { raisedAt: world.clock.at, lastSeenAt: world.clock.at };
    const alarm = { id: "a", kind: "foreign_log", fingerprint: "f", evidence: {}, ...seen };
    await world.ctx.db.driftAlarm.create({ data: { ...alarm, migrationId: ids[0] ?? "" } });
    await world.ctx.db.migration.updateMany({ data: { version: { increment: 1 } } });
    expect(stages(await getWave({ ctx: world.ctx, input: { waveId: wave.id } }))).toContain("stopped");
    const { waves } = await listWaves({ ctx: world.as("viewer"), input: {} });
    expect(waves).toMatchObject([{ name: "Wave 1", members: 2, stopped: 1 }]);
  });

  test("nor does one of its first backups that lies in OSS", async () => {
    const [one, other] = await two(["Sales"], ["HR"], { restoresAtOnce: 1 });
    const id = (await look(one)).members[0]?.migration.id ?? "";
    await act(one, { type: "pause" });
    await advance(id, "uploaded");
    expect(stages(await getWave({ ctx: world.ctx, input: { waveId: one } }))).toEqual(["uploaded"]);
    expect(stages(await look(other))).toEqual(["preparing"]);
  });

  test("what it still takes of the disk is not free, until the instance says that it is used", async () => {
    const [one, other] = await two(["Sales"], ["HR"], { sourcesAtOnce: 3 });
    Object.assign(disk, { storageBytes: 100e9, diskUsedBytes: 85e9 });
    const short = await look(other);
    expect(short.members).toMatchObject([{ stage: "waiting", wait: "space", bytes: 10e9, roomBytes: 5e9 }]);
    const id = (await look(one)).members[0]?.migration.id ?? "";
    await advance(id, "uploaded");
    await advance(id, "rounds");
    await world.ctx.db.migration.updateMany({ where: { id }, data: { targetLsn: "42" } });
    Object.assign(disk, { storageBytes: 120e9, diskUsedBytes: 95e9 });
    world.clock.at = new Date(world.clock.at.getTime() + 5_000);
    expect(stages(await look(other))).toEqual(["preparing"]);
  });

  test("two waves that send by one line have it by halves", async () => {
    const [one, other] = await two(["Sales"], ["HR"], { bytesPerSecond: 1_000_000 });
    await look(other);
    await world.ctx.db.migrationStep.updateMany({ data: { kind: "upload" } });
    await look(one);
    expect(await partsOf(one)).toMatchObject([{ bytesPerSecond: 500_000 }]);
    expect(await partsOf(other)).toMatchObject([{ bytesPerSecond: 500_000 }]);
    await act(other, { type: "pause" });
    await look(one);
    expect(await partsOf(one)).toMatchObject([{ bytesPerSecond: 1_000_000 }]);
  });

  test("rounds rest where the rest of today's imports is kept for both", async () => {
    const [one, other] = await two(["Sales"], ["HR"]);
    await look(other);
    const used = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...{ id: `c${n}`, kind: "import", subject: `x${n}`, item: `c${n}`, connectionId: "cloud" },
        ...{ instanceId: "rm-1", databaseName: "x", request: {}, actor: "x" },
        ...{ outcome: "accepted", intendedAt: world.clock.at },
      }));
    await world.ctx.db.onceCall.createMany({ data: used(491) });
    await look(one);
    // Nine are left: eight are kept, and one for two is none.
    expect(await partsOf(one)).toMatchObject([{ roundsHeld: true }]);
    expect(await partsOf(other)).toMatchObject([{ roundsHeld: true }]);
  });

  test("one that another version wrote is passed over", async () => {
    const [one, other] = await two(["Sales"], ["HR"]);
    await world.ctx.db.migration.updateMany({
      where: { waveId: one },
      data: { waveId: null, armed: { no: 1 } },
    });
    expect(stages(await look(other))).toEqual(["preparing"]);
    expect((await look(other)).instances).toMatchObject([{ beside: { count: 0 } }]);
  });
});
