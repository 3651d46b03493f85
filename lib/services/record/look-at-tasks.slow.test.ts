import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { OPENING_MS, only } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { AppError } from "@/lib/diagnosis/app-error";
import type { RdsInstance } from "@/lib/rds/rds-account";
import { listFiles } from "./list-files";
import { lookAtTasks } from "./look-at-tasks";
import {
  fileOf,
  openTestRecords,
  outage,
  resetTestRecords,
  type TestRecords,
  taskOf,
} from "./open-test-records";

let r: TestRecords;
let asked: string[];
beforeAll(async () => {
  r = await openTestRecords(openTestCtx);
}, OPENING_MS);
afterAll(() => r.world.close());
beforeEach(async () => {
  await resetTestRecords(r);
  await r.world.ctx.db.connection.updateMany({
    where: { id: "second-key" },
    data: { archivedAt: new Date() },
  });
  asked = [];
  r.rds.listInstances = async () => ["rm-1", "rm-2"].map((instanceId) => only<RdsInstance>({ instanceId }));
  r.rds.listFiles = async ({ instanceId, taskId }) => {
    asked.push(`${instanceId}/${taskId}`);
    return r.files;
  };
});

const look = (signal = new AbortController().signal) =>
  lookAtTasks({ ctx: r.world.as("operator"), input: { signal } });
const kept = () => r.world.ctx.db.importTask.findMany({ orderBy: { instanceId: "asc" } });

test("keeps tasks made in the console and their files though nobody opens the page", async () => {
  r.files = [fileOf("a.bak", "restored")];
  await look();
  expect(await kept()).toMatchObject([
    { connectionId: "cloud", instanceId: "rm-1", rdsTaskId: "106121", files: [{ fileName: "a.bak" }] },
    { connectionId: "cloud", instanceId: "rm-2", files: [{ fileName: "a.bak" }] },
  ]);
  // A week later RDS has forgotten all of it.
  r.tasks = [];
  r.rds.listFiles = async () => [];
  const task = { connectionId: "cloud", instanceId: "rm-1", taskId: "106121" };
  expect((await listFiles({ ctx: r.world.as("viewer"), input: task })).files).toMatchObject([
    { fileName: "a.bak" },
  ]);
});

test("asks for the files of a task until it has ended and they are kept", async () => {
  r.rds.listInstances = async () => [only<RdsInstance>({ instanceId: "rm-1" })];
  await look();
  await look();
  expect(asked).toEqual(["rm-1/106121", "rm-1/106121"]);
  r.tasks = [taskOf({ status: "succeeded", endedAt: "2026-05-04T09:00:00Z" })];
  r.files = [fileOf("a.bak", "restored")];
  await look();
  await look();
  expect(asked).toHaveLength(3);
});

test.each([
  ["can't be asked", outage(false)],
  ["is refused here", new AppError("forbidden", "endpoint_not_allowed")],
])("one instance that %s does not keep the others from it", async (_, error) => {
  const list = r.rds.listTasks;
  r.rds.listTasks = (query) =>
    query.instanceId === "rm-1"
      ? Promise.reject(error)
      : (list?.(query) ?? expect.unreachable("set before each test"));
  await look();
  expect((await kept()).map(({ instanceId }) => instanceId)).toEqual(["rm-2"]);
});

test("ends when the process does", async () => {
  await look(AbortSignal.abort());
  expect(await kept()).toEqual([]);
});
