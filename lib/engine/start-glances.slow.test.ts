import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS, only, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { RdsAccount, RdsTask } from "@/lib/rds/rds-account";
import { rdsTask } from "@/lib/steps/rds-answers-fixture";
import { startGlances } from "./start-glances";
import type { OfferedStep } from "./step-queue";

const BASE_MS = 3_000;
const DUE = -500;

let world: TestCtx;
let lists: string[];
let offered: string[];
let look: () => Promise<void>;
let stop: () => Promise<void>;
let tasks: (instanceId: string) => Promise<RdsTask[]>;

beforeEach(async () => {
  world = await openTestCtx();
  await world.ctx.db.connection.create({
    data: { id: "c", kind: "cloud_account", name: "c", config: {}, secretSealed: "" },
  });
  lists = [];
  offered = [];
  tasks = async (instanceId) => [1, 2, 3].map((n) => rdsTask({ taskId: `${instanceId}-${n}` }));
  const account = only<RdsAccount>({
    listTasks: ({ instanceId }) => {
      lists.push(instanceId);
      return tasks(instanceId);
    },
  });
  world.clients.rds = async () => account;
  const glances = startGlances({
    ctx: world.ctx,
    settings: { baseMs: BASE_MS },
    turns: {
      // By hand, not by the clock.
      alone: (_name, _everyMs, once) => {
        look = () => once(new AbortController().signal);
        return () => Promise.resolve();
      },
    },
    offer: async (due: readonly OfferedStep[]) => {
      offered.push(...due.map(({ id }) => id));
    },
  });
  stop = () => glances.stop();
}, OPENING_MS);
afterEach(() => world.close());

/** A restore that RDS is at, on an instance; due half a second ago. */
async function addRestore(
  instanceId: string,
  n: number,
  checkpoint: object = {},
  dueMs = DUE,
): Promise<void> {
  const { db } = world.ctx;
  const at = world.clock.at.getTime();
  const id = `${instanceId}-${n}`;
  await db.migration.create({
    data: {
      ...{ id, name: id, status: "running", phase: "logs", draft: EMPTY_DRAFT, createdBy: "t" },
      ...{ cloudConnectionId: "c", instanceId, rdsTaskId: id },
      steps: {
        create: {
          ...{ id, key: "await_import:1", kind: "await_import", nature: "repeatable", ordinal: 1, input: {} },
          status: "waiting_external",
          startedAt: new Date(at - 100_000),
          dueAt: new Date(at + dueMs),
          checkpoint: {
            ...{ status: "restoring", providerStatus: "x", wasAtWork: true, unsettledSinceMs: null },
            ...{ askedMs: at - 30_000, ...checkpoint },
          },
        },
      },
    },
  });
}

async function dueInMs(id: string): Promise<number> {
  const { dueAt } = await world.ctx.db.migrationStep.findUniqueOrThrow({ where: { id } });
  return (dueAt?.getTime() ?? Number.NaN) - world.clock.at.getTime();
}

test("restores that go on are put off by one list of their instance; one that ended, and one not asked for a minute, are offered", async () => {
  await addRestore("a", 1);
  await addRestore("a", 2);
  await addRestore("a", 3, { askedMs: world.clock.at.getTime() - 61_000 });
  await addRestore("b", 1);
  await addRestore("b", 2);
  tasks = async (instanceId) => [
    rdsTask({ taskId: `${instanceId}-1` }),
    rdsTask({ taskId: `${instanceId}-2`, status: instanceId === "b" ? "waiting_for_backup" : "running" }),
  ];
  await look();
  await stop();
  expect(lists.sort()).toEqual(["a", "b"]);
  expect(offered.sort()).toEqual(["a-3", "b-2"]);
  // A tenth of what it takes already, as the step itself would.
  for (const id of ["a-1", "a-2", "b-1"]) expect(await dueInMs(id)).toBe(10_000);
  for (const id of offered) expect(await dueInMs(id)).toBe(DUE);
  expect(world.log).toEqual([]);
});

test("an instance that does not answer holds up no other, and is not asked again meanwhile", async () => {
  await addRestore("hangs", 1);
  await addRestore("b", 1);
  let answer: (rows: RdsTask[]) => void = () => undefined;
  const hanging = new Promise<RdsTask[]>((resolve) => {
    answer = resolve;
  });
  tasks = async (instanceId) => (instanceId === "hangs" ? hanging : [rdsTask({ taskId: `${instanceId}-1` })]);
  await look();
  await expect.poll(() => dueInMs("b-1")).toBe(10_000);
  await look();
  expect(lists.sort()).toEqual(["b", "hangs"]);
  answer([]);
  await stop();
  // A list without the task: the step asks for it by its id.
  expect(offered).toEqual(["hangs-1"]);
});

test("after an outage not all are looked at in one look, and the others are with the next", async () => {
  const askedMs = world.clock.at.getTime() - 3_600_000;
  for (let n = 1; n <= 15; n += 1) await addRestore("a", n, { askedMs });
  tasks = async () => Array.from({ length: 15 }, (_, n) => rdsTask({ taskId: `a-${n + 1}` }));
  await look();
  await stop();
  expect(offered).toHaveLength(12);
  const dues = await Promise.all(Array.from({ length: 15 }, (_, n) => dueInMs(`a-${n + 1}`)));
  expect(dues.filter((ms) => ms === 10_000)).toHaveLength(3);
});

test("one list tells of those that are not due yet too: what has ended is due at once, and no instance is asked of which none is due", async () => {
  await addRestore("a", 1);
  await addRestore("a", 2, {}, 30_000);
  await addRestore("a", 3, {}, 30_000);
  await addRestore("b", 1, {}, 30_000);
  tasks = async () => [
    rdsTask({ taskId: "a-1" }),
    rdsTask({ taskId: "a-2", status: "waiting_for_backup" }),
    rdsTask({ taskId: "a-3" }),
  ];
  await look();
  await stop();
  expect(lists).toEqual(["a"]);
  expect(offered).toEqual(["a-2"]);
  expect(await Promise.all(["a-1", "a-2", "a-3", "b-1"].map(dueInMs))).toEqual([10_000, 0, 10_000, 30_000]);
});

test("whoever stops does not wait for an instance that does not answer, and what it answers then changes nothing", async () => {
  await addRestore("hangs", 1);
  let answer: (rows: RdsTask[]) => void = () => undefined;
  const hanging = new Promise<RdsTask[]>((resolve) => {
    answer = resolve;
  });
  tasks = () => hanging;
  await look();
  await expect.poll(() => lists).toEqual(["hangs"]);
  await stop();
  answer([]);
  await setImmediate();
  expect(offered).toEqual([]);
  expect(await dueInMs("hangs-1")).toBe(DUE);
});
