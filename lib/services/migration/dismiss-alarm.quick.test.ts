import { afterEach, beforeEach, expect, test } from "vitest";
import type { DriftKind } from "@/lib/migration/vocabulary/drift-kind";
import { type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";

let world: CustodyWorld;
beforeEach(async () => {
  world = await openCustodyWorld();
});
afterEach(() => world.close());

async function raise(kind: DriftKind): Promise<void> {
  const at = world.clock.at;
  await world.ctx.db.driftAlarm.create({
    data: { id: "a", migrationId: "m", kind, fingerprint: "7", evidence: {}, raisedAt: at, lastSeenAt: at },
  });
}

test("an alarm of the source is gone past on a person's word, once, and a person is named", async () => {
  await raise("foreign_log");
  await world.act({ type: "dismiss_alarm", alarmId: "a" });
  const view = await world.act({ type: "dismiss_alarm", alarmId: "a" });
  expect(view.alarms).toEqual([]);
  const events = await world.ctx.db.migrationEvent.findMany();
  expect(events.map(({ type, actor }) => `${type} ${actor}`)).toEqual(["drift_dismissed operator"]);
});

test.each(["target_opened", "target_deleted", "target_task_ended"] as const)(
  "nobody goes past %s: the cutover stays refused",
  async (kind) => {
    await raise(kind);
    await expect(world.act({ type: "dismiss_alarm", alarmId: "a" })).rejects.toMatchObject({
      fields: { code: "conflict", reason: "alarm_of_target" },
    });
    expect(await world.ctx.db.driftAlarm.count({ where: { clearedAt: null } })).toBe(1);
    expect(await world.ctx.db.migrationEvent.count()).toBe(0);
  },
);

test("an alarm that is not there is said to be none", async () => {
  await expect(world.act({ type: "dismiss_alarm", alarmId: "none" })).rejects.toMatchObject({
    fields: { reason: "alarm_not_found" },
  });
});
