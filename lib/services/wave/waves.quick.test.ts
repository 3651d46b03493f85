import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type WaveAction, WaveInput, WaveListView, WaveView } from "@/lib/contracts/wave";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import { saveApprovedFolders } from "@/lib/services/draft/approved-folders";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { type WaveCutoverWishes, WaveRules } from "@/lib/wave/wave-rules";
import { actOnWave } from "./act-on-wave";
import { deleteWave } from "./delete-wave";
import { getWave } from "./get-wave";
import { listWaves } from "./list-waves";
import { saveWave } from "./save-wave";
import { watchWaves } from "./watch-waves";

let world: TestCtx;
beforeAll(async () => (await openQuickCtx()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const member = (name: string, gigabytes: number | null = 10) => ({
  migrationId: null,
  sourceConnectionId: null,
  sourceDatabase: name,
  instanceId: null,
  targetDatabase: name,
  databaseBytes: gigabytes === null ? null : gigabytes * 1e9,
});

function input(names: readonly string[], rules: Partial<WaveRules> = {}): WaveInput {
  return WaveInput.parse({
    name: "Wave 1",
    form: {
      ...EMPTY_DRAFT,
      ...{ sourceConnectionId: "source", cloudConnectionId: "cloud", bucket: "b", prefix: "erp" },
      ...{ instanceId: "rm-1", sourceFolder: "D:\\b", localFolder: "/b" },
    },
    rules: WaveRules.parse(rules),
    members: names.map((name, at) => member(name, 10 + at)),
  });
}

async function open(): Promise<void> {
  world = await openQuickCtx();
  const { db } = world.ctx;
  for (const [id, kind] of [
    ["source", "sql_server"],
    ["cloud", "cloud_account"],
  ] as const)
    await db.connection.create({ data: { id, kind, name: id, config: {}, secretSealed: "" } });
  const folders = [{ source: "D:\\b", local: "/b" }];
  await saveApprovedFolders({ ctx: world.ctx, input: { folders } });
  world.clients.source = async () => {
    throw down();
  };
  world.clients.objects = async () =>
    only<ObjectStore>({
      bucketInfo: async (name) => ({
        ...{ name, regionId: "cn-hangzhou", storageClass: "Standard", acl: "private", encryption: "None" },
        ...{ ownerId: "1", versioning: null },
        ...{ extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com", intranetEndpoint: "oss-i.aliyuncs.com" },
      }),
    });
}

function down(): ExternalError {
  return new ExternalError({
    ...{ system: "sql_server", kind: "unavailable", providerCode: "ESOCKET", providerMessage: "down" },
    ...{ providerRequestId: null, mayHaveHappened: false },
  });
}

const save = async (wave: WaveInput, waveId: string | null = null) =>
  WaveView.parse(await saveWave({ ctx: world.as("operator"), input: { waveId, wave } }));
const act = async (waveId: string, action: WaveAction) =>
  WaveView.parse(await actOnWave({ ctx: world.as("operator"), input: { waveId, action } }));
const look = async (waveId: string) => {
  await watchWaves(world.ctx);
  return WaveView.parse(await getWave({ ctx: world.as("viewer"), input: { waveId } }));
};
const stages = ({ members }: WaveView) => members.map(({ stage }) => stage);
const waits = ({ members }: WaveView) => members.map(({ wait }) => wait);

async function begin(names: readonly string[], rules: Partial<WaveRules> = {}): Promise<WaveView> {
  await open();
  const { id } = await save(input(names, rules));
  return act(id, { type: "start" });
}

/** As its steps would leave it: the full lies in OSS, or is on the target. */
async function advance(migrationId: string, to: "uploaded" | "rounds"): Promise<void> {
  const { db } = world.ctx;
  await db.migrationStep.updateMany({ where: { migrationId }, data: { status: "succeeded" } });
  const fileId = `full-${migrationId}`;
  const state = to === "uploaded" ? "inspected" : "imported";
  const file = { name: "full.bak", objectKey: `${migrationId}/full.bak`, state, type: "full" };
  await db.backupFile.upsert({
    where: { id: fileId },
    create: { id: fileId, migrationId, ...file },
    update: { state },
  });
  const steps = to === "uploaded" ? ["backup", "upload", "inspect"] : ["import", "await_import"];
  for (const [at, kind] of steps.entries()) {
    const key = `${kind}:0`;
    const ordinal = (to === "uploaded" ? 10 : 20) + at;
    const step = { kind, nature: "repeatable", status: "succeeded", ordinal, fileId, input: {} };
    const id = `${migrationId}/${key}`;
    await db.migrationStep.deleteMany({ where: { migrationId, key } });
    await db.migrationStep.create({ data: { ...step, id, migrationId, key } });
  }
  await db.migration.updateMany({ where: { id: migrationId }, data: { version: { increment: 1 } } });
}

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

  test("refuses a database that is named twice, and a wave that follows itself", async () => {
    await open();
    await expect(save(input(["Sales", "sales"]))).rejects.toMatchObject({
      fields: { reason: "wave_member_twice" },
    });
    const { id } = await save(input(["Sales"]));
    const itself = input(["Sales"], { afterWaveId: id });
    await expect(save(itself, id)).rejects.toMatchObject({ fields: { reason: "wave_follows_itself" } });
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

  test("begins after another, and as long after its end as that may be taken back", async () => {
    const before = await begin(["Sales"]);
    const { id } = await save({
      ...input(["HR"], { afterWaveId: before.id, afterHours: 2 }),
      name: "Wave 2",
    });
    await act(id, { type: "start" });
    expect(await look(id)).toMatchObject({ after: { name: "Wave 1", until: null } });
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

  test("shares the line among those that send, and takes the limit back when there is none", async () => {
    const wave = await begin(["Sales", "HR"], { bytesPerSecond: 1_000_000 });
    const ids = (await look(wave.id)).members.map(({ migration }) => migration.id);
    for (const migrationId of ids)
      await world.ctx.db.migrationStep.updateMany({ where: { migrationId }, data: { kind: "upload" } });
    const limits = async () =>
      (await world.ctx.db.migration.findMany({ select: { wavePart: true } })).map(({ wavePart }) => wavePart);
    await look(wave.id);
    expect(await limits()).toMatchObject([{ bytesPerSecond: 500_000 }, { bytesPerSecond: 500_000 }]);
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
