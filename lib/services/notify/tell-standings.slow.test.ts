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
