import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx } from "@/lib/context/open-test-ctx";
import { WaveListView } from "@/lib/contracts/wave";
import { WaveRules } from "@/lib/wave/wave-rules";
import { deleteWave } from "./delete-wave";
import { getWave } from "./get-wave";
import { listWaves } from "./list-waves";
import {
  act,
  advance,
  begin,
  bucket,
  disk,
  down,
  input,
  look,
  member,
  open,
  save,
  stages,
  waits,
  world,
} from "./waves-world-fixture";

beforeAll(async () => (await openQuickCtx()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

describe("a wave that has not begun", () => {
  test("makes drafts from one form, each with its own folder, and throws away those that are not named any more", async () => {
    await open();
    const made = await save(input(["Sales", "HR", "ERP"]));
    expect(made).toMatchObject({ status: "draft", name: "Wave 1", cutover: null });
    expect(made.members.map(({ migration, place, bytes }) => [migration.name, place, bytes])).toEqual([
      ["Sales", 1, 10e9],
      ["HR", 2, 11e9],
      ["ERP", 3, 12e9],
    ]);
    const drafts = await world.ctx.db.migration.findMany({ select: { draft: true } });
    expect(drafts).toMatchObject([{ draft: { prefix: "erp/sales/" } }, { draft: { prefix: "erp/hr/" } }, {}]);
    const kept = {
      ...member("ERP"),
      migrationId: made.members[2]?.migration.id ?? "",
      targetDatabase: "ERP_2",
    };
    const again = await save({ ...input(["x"]), name: "Wave B", members: [member("New"), kept] }, made.id);
    expect(again.members.map(({ migration }) => migration.name)).toEqual(["New", "ERP_2"]);
    expect(again.members[1]?.migration.id).toBe(kept.migrationId);
    expect(await world.ctx.db.migration.count()).toBe(2);
    await deleteWave({ ctx: world.as("operator"), input: { waveId: made.id } });
    expect(await world.ctx.db.migration.count()).toBe(0);
    expect(await world.ctx.db.wave.count()).toBe(0);
  });

  test("takes members of several servers to several instances, each by its own folders and into its own folder", async () => {
    await open();
    const { db } = world.ctx;
    const second = { id: "second", kind: "sql_server", name: "second", config: {}, secretSealed: "" };
    await db.connection.create({ data: second });
    const other = { ...member("Sales"), sourceConnectionId: "second", instanceId: "rm-2" };
    const made = await save({
      ...input(["Sales"]),
      members: [member("Sales"), { ...other, sourceFolder: "E:\\b", localFolder: "/e" }],
    });
    expect(made.members.map(({ folders }) => folders)).toEqual([
      { source: "D:\\b", local: "/b" },
      { source: "E:\\b", local: "/e" },
    ]);
    expect(made.instances.map(({ instanceId }) => instanceId)).toEqual(["rm-1", "rm-2"]);
    expect(await db.migration.findMany({ orderBy: { wavePlace: "asc" } })).toMatchObject([
      { draft: { sourceConnectionId: "source", instanceId: "rm-1", prefix: "erp/sales/" } },
      { draft: { sourceConnectionId: "second", instanceId: "rm-2", prefix: "erp/rm-2/sales/" } },
    ]);
  });

  test("refuses a database that is named twice, and a wave that follows itself", async () => {
    await open();
    await expect(save(input(["Sales", "sales"]))).rejects.toMatchObject({
      fields: { reason: "wave_member_twice" },
    });
    const double = [member("Sales"), { ...member("HR"), targetDatabase: " sales" }];
    await expect(save({ ...input(["Sales"]), members: double })).rejects.toMatchObject({
      fields: { reason: "wave_target_twice", params: { database: "sales" } },
    });
    const { id } = await save(input(["Sales"]));
    const itself = input(["Sales"], { afterWaveId: id });
    await expect(save(itself, id)).rejects.toMatchObject({ fields: { reason: "wave_follows_itself" } });
  });

  test("does not follow one that follows it, over any number of others, unless that is over", async () => {
    await open();
    const first = await save(input(["Sales"]));
    const second = await save({ ...input(["HR"], { afterWaveId: first.id }), name: "Wave 2" });
    const third = await save({ ...input(["ERP"], { afterWaveId: second.id }), name: "Wave 3" });
    const rules = WaveRules.parse({ afterWaveId: third.id });
    const refused = { fields: { reason: "wave_follows_itself" } };
    await expect(save(input(["Sales"], rules), first.id)).rejects.toMatchObject(refused);
    await expect(act(first.id, { type: "set_rules", rules })).rejects.toMatchObject(refused);
    await world.ctx.db.wave.updateMany({ where: { id: second.id }, data: { endedAt: world.clock.at } });
    expect(await act(first.id, { type: "set_rules", rules })).toMatchObject({ follows: { id: third.id } });
  });

  test("is fixed once it has begun, and is begun once", async () => {
    const wave = await begin(["Sales"]);
    await expect(save(input(["HR"]), wave.id)).rejects.toMatchObject({
      fields: { reason: "wave_has_begun" },
    });
    await expect(act(wave.id, { type: "start" })).rejects.toMatchObject({
      fields: { reason: "wave_has_begun" },
    });
    const removal = deleteWave({ ctx: world.as("operator"), input: { waveId: wave.id } });
    await expect(removal).rejects.toMatchObject({ fields: { reason: "wave_has_begun" } });
  });

  test("forecasts from the sizes alone, and says who decides", async () => {
    const wave = await begin(["Sales", "HR", "ERP"]);
    expect(wave.unforeseen).toBe(0);
    expect(wave.last).not.toBeNull();
    expect(Date.parse(wave.last?.p90 ?? "")).toBeGreaterThan(Date.parse(wave.last?.p50 ?? ""));
    expect(wave.second?.migrationId).not.toBe(wave.last?.migrationId);
  });
});

describe("a wave that runs", () => {
  test("starts as many as the source takes, the largest first, and says what the others wait for", async () => {
    const wave = await begin(["Sales", "HR", "ERP"]);
    expect(stages(wave)).toEqual(["waiting", "waiting", "waiting"]);
    const running = await look(wave.id);
    expect(stages(running)).toEqual(["waiting", "preparing", "preparing"]);
    expect(waits(running)).toEqual(["source_busy", null, null]);
    expect(stages(await look(wave.id))).toEqual(stages(running));
  });

  test("one that is refused says why, is tried again later, and holds nobody", async () => {
    const wave = await begin(["Sales", "HR", "ERP"], { sourcesAtOnce: 1, order: "as_listed" });
    const first = wave.members[0]?.migration.id ?? "";
    const draft = { ...input(["x"]).form, ...{ sourceDatabase: "Sales", targetDatabase: "master" } };
    await world.ctx.db.migration.updateMany({ where: { id: first }, data: { draft } });
    await look(wave.id);
    const running = await look(wave.id);
    expect(stages(running)).toEqual(["waiting", "preparing", "waiting"]);
    expect(running.members[0]).toMatchObject({
      wait: "asked_lately",
      note: { asked: "start", reason: "draft_has_blockers", params: { why: "target_database_system" } },
    });
    const mended = { ...draft, targetDatabase: "Sales", prefix: "erp/sales/" };
    await world.ctx.db.migration.updateMany({ where: { id: first }, data: { draft: mended } });
    await advance(running.members[1]?.migration.id ?? "", "uploaded");
    const again = await act(wave.id, { type: "try_again", migrationIds: [first] });
    expect(again.members[0]?.note).toBeNull();
    expect(stages(await look(wave.id))[0]).toBe("preparing");
  });

  test("a first backup that lies in OSS waits for a place at the instance", async () => {
    const wave = await begin(["Sales", "HR"], { sourcesAtOnce: 2, restoresAtOnce: 1, order: "as_listed" });
    const ids = (await look(wave.id)).members.map(({ migration }) => migration.id);
    for (const id of ids) await advance(id, "uploaded");
    expect(stages(await getWave({ ctx: world.ctx, input: { waveId: wave.id } }))).toEqual([
      "uploaded",
      "uploaded",
    ]);
    const running = await look(wave.id);
    expect(stages(running)).toEqual(["restoring", "uploaded"]);
    expect(waits(running)).toEqual([null, "instance_busy"]);
    await advance(ids[0] ?? "", "rounds");
    expect(stages(await look(wave.id))).toEqual(["rounds", "restoring"]);
  });

  test("holds back who would not fit on the instance's disk, says how much is missing, and goes on when there is room", async () => {
    const wave = await begin(["Sales", "HR", "ERP"], { sourcesAtOnce: 3, order: "as_listed" });
    Object.assign(disk, { storageBytes: 100e9, diskUsedBytes: 72e9 });
    const short = await look(wave.id);
    expect(stages(short)).toEqual(["preparing", "preparing", "waiting"]);
    expect(short.members[2]).toMatchObject({ wait: "space", bytes: 12e9, roomBytes: 7e9 });
    expect(short.instances).toMatchObject([{ space: { storageBytes: 100e9, freeBytes: 28e9 } }]);
    Object.assign(disk, { storageBytes: 200e9, diskUsedBytes: 72e9 });
    // Asked a minute ago, it is not asked again.
    expect(waits(await look(wave.id))[2]).toBe("space");
    world.clock.at = new Date(world.clock.at.getTime() + 60_000);
    expect(stages(await look(wave.id))).toEqual(["preparing", "preparing", "preparing"]);
  });

  test("an instance that does not say how much is free holds nobody, and is asked once a minute", async () => {
    const wave = await begin(["Sales", "HR"], { sourcesAtOnce: 1, order: "as_listed" });
    let asked = 0;
    world.clients.rds = async () => {
      asked += 1;
      throw down();
    };
    expect(stages(await look(wave.id))).toEqual(["preparing", "waiting"]);
    await look(wave.id);
    expect(asked).toBe(1);
    expect((await look(wave.id)).instances).toMatchObject([{ space: null }]);
  });

  test("pauses: nothing begins and nothing is uploaded, until it goes on", async () => {
    const wave = await begin(["Sales", "HR"], { sourcesAtOnce: 1 });
    await act(wave.id, { type: "pause" });
    const paused = await look(wave.id);
    expect(paused.status).toBe("paused");
    expect(waits(paused)).toEqual(["paused", "paused"]);
    const parts = await world.ctx.db.migration.findMany({ select: { wavePart: true } });
    expect(parts).toMatchObject([{ wavePart: { paused: true } }, { wavePart: { paused: true } }]);
    await act(wave.id, { type: "go_on" });
    expect(stages(await look(wave.id)).toSorted()).toEqual(["preparing", "waiting"]);
  });

  test("paused while it is looked at, nobody begins behind that", async () => {
    const { id } = await begin(["Sales", "HR"], { sourcesAtOnce: 2, order: "as_listed" });
    world.clients.objects = async () => {
      await act(id, { type: "pause" });
      return bucket();
    };
    expect(stages(await look(id))).toEqual(["preparing", "waiting"]);
  });

  test("what nobody foresaw of one keeps neither its neighbours nor other waves from their turn", async () => {
    const one = await begin(["Sales", "HR"], { order: "as_listed" });
    const other = await save({ ...input(["ERP"], { sourcesAtOnce: 3 }), name: "Wave 2" });
    await act(other.id, { type: "start" });
    let asked = 0;
    world.clients.objects = async () => {
      asked += 1;
      if (asked === 1) throw new TypeError("nobody foresaw it");
      return bucket();
    };
    await expect(look(one.id)).rejects.toThrow("nobody foresaw it");
    const statuses = await world.ctx.db.migration.findMany({ orderBy: { name: "asc" } });
    expect(statuses.map(({ name, status }) => [name, status])).toEqual([
      ["ERP", "running"],
      ["HR", "running"],
      ["Sales", "draft"],
    ]);
  });

  test("begins after another, and as long after its end as that may be taken back", async () => {
    const before = await begin(["Sales"]);
    const { id } = await save({
      ...input(["HR"], { afterWaveId: before.id, afterHours: 2 }),
      name: "Wave 2",
    });
    await act(id, { type: "start" });
    expect(await look(id)).toMatchObject({
      after: { name: "Wave 1", until: null },
      follows: { id: before.id, name: "Wave 1" },
      followedBy: [],
    });
    expect(await look(before.id)).toMatchObject({
      follows: null,
      followedBy: [{ id, name: "Wave 2", hours: 2 }],
    });
    await world.ctx.db.migration.updateMany({
      where: { waveId: before.id },
      data: { onlineAt: world.clock.at },
    });
    await look(before.id);
    world.clock.at = new Date(world.clock.at.getTime() + 7_199_000);
    expect(stages(await look(id))).toEqual(["waiting"]);
    world.clock.at = new Date(world.clock.at.getTime() + 1_000);
    expect(await look(id)).toMatchObject({ after: null, members: [{ stage: "preparing" }] });
    const { waves } = WaveListView.parse(await listWaves({ ctx: world.as("viewer"), input: {} }));
    expect(waves.map(({ name, status, online }) => [name, status, online])).toContainEqual([
      "Wave 1",
      "over",
      1,
    ]);
  });

  test("is foreseen from when the one before lets it begin, and not at all while somebody holds the end of that", async () => {
    const before = await begin(["Sales"]);
    const { id } = await save({
      ...input(["HR"], { afterWaveId: before.id, afterHours: 48 }),
      name: "Wave 2",
    });
    const second = await act(id, { type: "start" });
    const hours = (from: string | undefined, to: string | undefined) =>
      (Date.parse(to ?? "") - Date.parse(from ?? "")) / 3_600_000;
    expect(hours(before.last?.p50, second.members[0]?.foreseen.start?.p50)).toBe(48);
    expect(hours(before.last?.p90, second.members[0]?.foreseen.start?.p90)).toBe(48);
    expect(waits(second)).toEqual(["after_wave"]);
    const migrationId = before.members[0]?.migration.id ?? "";
    await look(before.id);
    await world.ctx.db.migrationStep.updateMany({ where: { migrationId }, data: { status: "failed" } });
    await world.ctx.db.migration.updateMany({
      where: { id: migrationId },
      data: { version: { increment: 1 } },
    });
    expect(await look(id)).toMatchObject({ last: null, unforeseen: 1 });
  });

  test("shares the line among those that send, and takes the limit back when there is none", async () => {
    const wave = await begin(["Sales", "HR"], { bytesPerSecond: 1_000_000 });
    const ids = (await look(wave.id)).members.map(({ migration }) => migration.id);
    for (const migrationId of ids)
      await world.ctx.db.migrationStep.updateMany({ where: { migrationId }, data: { kind: "upload" } });
    const limits = async () =>
      (await world.ctx.db.migration.findMany({ select: { wavePart: true } })).map(({ wavePart }) => wavePart);
    await look(wave.id);
    expect(await limits()).toMatchObject([{ bytesPerSecond: 500_000 }, { bytesPerSecond: 500_000 }]);
    // One that waits for a person, or is paused, sends nothing: the other has the whole line.
    const [first = ""] = ids;
    const failed = { where: { migrationId: first }, data: { status: "failed" } };
    await world.ctx.db.migrationStep.updateMany(failed);
    await look(wave.id);
    expect(await limits()).toContainEqual(expect.objectContaining({ bytesPerSecond: 1_000_000 }));
    await world.ctx.db.migrationStep.updateMany({ ...failed, data: { status: "running" } });
    await look(wave.id);
    expect(await limits()).toMatchObject([{ bytesPerSecond: 500_000 }, { bytesPerSecond: 500_000 }]);
    const paused = { paused: true, bytesPerSecond: null };
    await world.ctx.db.migration.updateMany({ where: { id: first }, data: { uploadControl: paused } });
    await look(wave.id);
    expect(await limits()).toContainEqual(expect.objectContaining({ bytesPerSecond: 1_000_000 }));
    await act(wave.id, { type: "set_rules", rules: WaveRules.parse({}) });
    await look(wave.id);
    expect(await limits()).toMatchObject([{ bytesPerSecond: null }, { bytesPerSecond: null }]);
  });

  test("leaves out a draft, which is gone, and one that has begun, which goes on alone", async () => {
    const wave = await begin(["Sales", "HR"], { sourcesAtOnce: 1, order: "as_listed" });
    const ids = (await look(wave.id)).members.map(({ migration }) => migration.id);
    await advance(ids[0] ?? "", "uploaded");
    const left = await act(wave.id, { type: "leave_out", migrationIds: ids });
    expect(left.members).toEqual([]);
    const [alone, ...others] = await world.ctx.db.migration.findMany({ include: { steps: true } });
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ id: ids[0], waveId: null, wavePart: null });
    // Nothing holds its first backup any more.
    expect(alone?.steps.map(({ kind }) => kind)).toContain("import");
  });

  test("is looked at by one process at a time, and by the next when that was lost", async () => {
    const wave = await begin(["Sales"]);
    const lookedAt = new Date(world.clock.at.getTime() - 119_000);
    await world.ctx.db.wave.updateMany({ where: { id: wave.id }, data: { lookedAt } });
    expect(stages(await look(wave.id))).toEqual(["waiting"]);
    world.clock.at = new Date(world.clock.at.getTime() + 2_000);
    expect(stages(await look(wave.id))).toEqual(["preparing"]);
  });

  test("a look that stood still until another had begun does not end that one", async () => {
    const { id } = await begin(["Sales"]);
    const lookedAt = new Date(world.clock.at.getTime() + 121_000);
    world.clients.objects = () =>
      world.ctx.db.wave.updateMany({ data: { lookedAt } }).then(() => Promise.reject(down()));
    await look(id);
    expect(await world.ctx.db.wave.findMany()).toMatchObject([{ lookedAt }]);
  });
});
