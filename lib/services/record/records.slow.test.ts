import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { RecordListView } from "@/lib/contracts/record";
import { RecordFileListView } from "@/lib/contracts/record-file";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { listFiles } from "./list-files";
import { listTasks } from "./list-tasks";
import {
  addMigration,
  fileOf,
  openTestRecords,
  outage,
  resetTestRecords,
  type TestRecords,
  taskOf,
} from "./open-test-records";
import { tasksCsv } from "./tasks-csv";

let r: TestRecords;
beforeAll(async () => {
  r = await openTestRecords(openTestCtx);
}, OPENING_MS);
afterAll(() => r.world.close());
beforeEach(() => resetTestRecords(r));

const WEEK = { connectionId: "cloud", instanceId: "rm-1", from: "2026-04-28", to: "2026-05-04" };

describe("the records", () => {
  test("list tasks made in the console and ours, diagnosed, newest first", async () => {
    await addMigration(r, "running");
    const description = "Not Enough Disk Space, space left 10 MB < bak file 40960 MB.";
    r.tasks.push(taskOf({ taskId: "2", createdAt: "2026-05-04T01:00:00Z", status: "failed", description }));
    const list = await listTasks({ ctx: r.world.as("viewer"), input: WEEK });
    expect(RecordListView.parse(list)).toEqual(list);
    expect(list.stale).toBe(false);
    expect(list.tasks).toMatchObject([
      {
        rdsTaskId: "2",
        migrationId: null,
        diagnosis: { key: "disk_too_small_for_file", params: { leftMb: "10" } },
      },
      { rdsTaskId: "106121", migrationId: "m1", diagnosis: null, listedByRds: true },
    ]);
  });

  test("keep what RDS forgets, and say so", async () => {
    await listTasks({ ctx: r.world.ctx, input: WEEK });
    r.tasks = [];
    const list = await listTasks({ ctx: r.world.ctx, input: WEEK });
    expect(list).toMatchObject({ stale: false, tasks: [{ rdsTaskId: "106121", listedByRds: false }] });
  });

  test("ask one by one for tasks under way that RDS does not list", async () => {
    await listTasks({ ctx: r.world.ctx, input: WEEK });
    r.tasks = [taskOf({ status: "succeeded" })];
    r.rds.listTasks = async () => [];
    const list = await listTasks({ ctx: r.world.ctx, input: WEEK });
    expect(list.tasks).toMatchObject([{ status: "succeeded", listedByRds: true }]);
  });

  test("are our own, marked stale, when RDS cannot be asked", async () => {
    await listTasks({ ctx: r.world.ctx, input: WEEK });
    r.rds.listTasks = () => Promise.reject(outage(false));
    const list = await listTasks({ ctx: r.world.ctx, input: WEEK });
    expect(list).toMatchObject({ stale: true, tasks: [{ rdsTaskId: "106121", providerStatus: "Waiting" }] });
  });

  test("of days before RDS's week come from our own store, without asking", async () => {
    await r.world.ctx.db.importTask.create({
      data: {
        connectionId: "cloud",
        instanceId: "rm-1",
        rdsTaskId: "7",
        databaseName: "old",
        method: "immediate",
        status: "succeeded",
        providerStatus: "Success",
        description: "",
        rdsCreatedAt: new Date("2026-01-02T23:59:59Z"),
      },
    });
    r.rds.listTasks = () => Promise.reject(new Error("must not be asked"));
    const input = { ...WEEK, from: "2026-01-01", to: "2026-01-02" };
    const list = await listTasks({ ctx: r.world.ctx, input });
    expect(list).toMatchObject({ stale: false, tasks: [{ rdsTaskId: "7", databaseName: "old" }] });
  });

  test("are written only when something changed", async () => {
    await listTasks({ ctx: r.world.ctx, input: WEEK });
    const before = await r.world.ctx.db.importTask.findMany();
    await listTasks({ ctx: r.world.ctx, input: WEEK });
    expect(await r.world.ctx.db.importTask.findMany()).toEqual(before);
  });

  test("as CSV run nothing in a spreadsheet", () => {
    const csv = tasksCsv([
      {
        rdsTaskId: "1",
        databaseName: "=cmd()",
        method: "immediate",
        status: "failed",
        providerStatus: "Failed",
        startedAt: null,
        endedAt: null,
        replaced: false,
        description: 'say "no",\nthen 库',
        diagnosis: null,
        migrationId: null,
        sourceClosedSince: null,
        listedByRds: true,
      },
    ]);
    expect(csv).toContain(
      '"1","\'=cmd()","immediate","failed","Failed","","","no","say ""no"",\nthen 库","","yes"\r\n',
    );
  });
});

describe("file details", () => {
  const input = { connectionId: "cloud", instanceId: "rm-1", taskId: "106121" };

  test("carry the header that we read, and are remembered", async () => {
    await addMigration(r, "running");
    await listTasks({ ctx: r.world.ctx, input: WEEK });
    await r.world.ctx.db.backupFile.create({
      data: {
        id: "f1",
        migrationId: "m1",
        name: "a.trn",
        objectKey: "shop/a.trn",
        state: "imported",
        header: { type: "log", firstLsn: "5", lastLsn: "9" },
      },
    });
    r.files = [fileOf("a.trn", "restored"), fileOf("b.trn", "restoring")];
    const list = await listFiles({ ctx: r.world.as("viewer"), input });
    expect(RecordFileListView.parse(list)).toEqual(list);
    expect(list.files).toMatchObject([{ header: { type: "log", lastLsn: "9" } }, { header: null }]);
    r.rds.listFiles = () => Promise.reject(outage(false));
    const remembered = await listFiles({ ctx: r.world.ctx, input });
    expect(remembered.files.map((one) => one.fileName)).toEqual(["a.trn", "b.trn"]);
  });

  test("of a task that nobody knows are not found; of an outage nothing is made up", async () => {
    await expect(listFiles({ ctx: r.world.ctx, input })).rejects.toMatchObject({
      fields: { reason: "task_not_found" },
    });
    r.rds.listFiles = () => Promise.reject(outage(false));
    await expect(listFiles({ ctx: r.world.ctx, input })).rejects.toBeInstanceOf(ExternalError);
  });
});
