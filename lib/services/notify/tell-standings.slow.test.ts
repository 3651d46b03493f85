import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import type { ChannelInput } from "@/lib/contracts/channel";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { targetSubject } from "@/lib/once/once-effect";
import { saveChannel } from "./save-channel";
import { tellStandings } from "./tell-standings";

let world: TestCtx;
beforeEach(async () => {
  world = await openTestCtx();
  for (const [id, status] of [
    ["m1", "running"],
    ["over", "cancelled"],
  ] as const) {
    await world.ctx.db.migration.create({
      data: {
        ...{ id, name: id, status, phase: "rounds", draft: EMPTY_DRAFT, createdBy: "t" },
        ...{ startedAt: world.ctx.now(), instanceId: "rm-1", targetDatabase: "Sales" },
        ...{ method: "access_pending", backupBy: "app", sourceDatabase: "Sales" },
      },
    });
  }
}, OPENING_MS);
afterEach(() => world.close());

async function spend(imports: number): Promise<void> {
  for (let n = 0; n < imports; n++) {
    await world.ctx.db.onceCall.create({
      data: {
        ...{ id: `call${n}`, kind: "import", subject: targetSubject("rm-1", "Sales"), item: `${n}.trn` },
        ...{ connectionId: "c1", instanceId: "rm-1", databaseName: "Sales", request: {}, actor: "t" },
        ...{
          outcome: "accepted",
          settledBy: "answer",
          settledAt: world.ctx.now(),
          intendedAt: world.ctx.now(),
        },
      },
    });
  }
}

const save = (notices: ChannelInput["notices"]) =>
  saveChannel({
    ctx: world.as("administrator"),
    input: {
      channelId: null,
      channel: {
        ...{ kind: "generic", name: "x", enabled: true, language: "en", notices, migrations: [] },
        ...{ linkBase: "https://ferry.example", url: "https://hook.example", secret: "" },
        ...{ mine: false, via: null },
      },
    },
  });
const look = () => tellStandings({ ctx: world.as("operator") });
const queued = async () =>
  (await world.ctx.db.notice.findMany()).map(({ migrationId, kind }) => [migrationId, kind]);

test("that few imports are left is told once a day, however often it is looked at", async () => {
  await save(["budget", "behind"]);
  expect(await look()).toBe(0);
  await spend(17);
  await look();
  await look();
  expect(await queued()).toEqual([["m1", "budget"]]);
});

test("nothing is looked at where nobody wants to be told", async () => {
  await save(["failed"]);
  await spend(17);
  expect(await look()).toBe(0);
  expect(await queued()).toEqual([]);
});

test("a task of the console that RDS soon forgets is told of once, unless its end and its files are known", async () => {
  await save(["forgotten"]);
  const { db } = world.ctx;
  const age = (days: number) => new Date(world.clock.at.getTime() - days * 86_400_000);
  const task = { connectionId: "c1", instanceId: "rm-1", databaseName: "Shop", method: "access_pending" };
  const told = { providerStatus: "", description: "" };
  await db.importTask.createMany({
    data: [
      { ...task, ...told, rdsTaskId: "1", status: "waiting_for_backup", rdsCreatedAt: age(6.5), files: [] },
      { ...task, ...told, rdsTaskId: "2", status: "succeeded", rdsCreatedAt: age(6.5) },
      { ...task, ...told, rdsTaskId: "3", status: "succeeded", rdsCreatedAt: age(6.5), files: [] },
      { ...task, ...told, rdsTaskId: "4", status: "waiting_for_backup", rdsCreatedAt: age(5), files: [] },
      { ...task, ...told, rdsTaskId: "5", status: "waiting_for_backup", rdsCreatedAt: age(9), files: [] },
      { ...task, ...told, rdsTaskId: "6", status: "running", rdsCreatedAt: age(6.5), migrationId: "m1" },
    ],
  });
  await look();
  await look();
  const notices = await db.notice.findMany({ orderBy: { id: "asc" } });
  expect(notices.map(({ kind, about }) => [kind, about])).toEqual(
    ["1", "2"].map((taskId) => ["forgotten", { database: "Shop", instanceId: "rm-1", taskId }]),
  );
});
