import { describe, expect, it } from "vitest";
import { LiveScenario } from "@/sandbox/scenario/live-scenario";
import {
  code,
  databaseStatus,
  FULL,
  filesOf,
  findTask,
  importFile,
  importToEnd,
  LOG,
  passTime,
  put,
  restartServers,
  serveEachTest,
  tagOf,
} from "./rds-fixture";

serveEachTest();

async function restoreFull(): Promise<string> {
  await put("full.bak", FULL);
  await put("first.trn", LOG);
  await put("last.trn", { ...LOG, firstLsn: 38_000_000_001_600_001n, lastLsn: 38_000_000_001_700_001n });
  const taskId = await importToEnd("full.bak");
  passTime(60_000);
  return taskId;
}

describe("somebody else at the console", () => {
  it("target-opened: after the first log, and then RDS takes no further one", async () => {
    await restartServers("target-opened");
    const taskId = await restoreFull();
    expect((await findTask(taskId))?.status).toBe("Waiting");
    await importToEnd("first.trn", { taskId });
    await findTask(taskId);
    passTime(60_000);
    expect((await findTask(taskId))?.status).toBe("Success");
    expect(await databaseStatus("shop")).toBe("Running");
    await expect(importFile("last.trn", { taskId })).rejects.toMatchObject(code("InvalideStatus"));
  });

  it("target-deleted: gone from the list, while its task waits on", async () => {
    await restartServers("target-deleted");
    const taskId = await restoreFull();
    expect(await databaseStatus("shop")).toBe("In Recovery");
    await importToEnd("first.trn", { taskId });
    expect(await databaseStatus("shop")).toBeUndefined();
    expect((await findTask(taskId))?.status).toBe("Waiting");
    await expect(importFile("last.trn", { taskId })).rejects.toMatchObject(code("InvalideStatus"));
  });

  it("target-opened-late: not before the source was closed", async () => {
    const live = new LiveScenario("target-opened-late");
    await restartServers(live);
    const taskId = await restoreFull();
    await importToEnd("first.trn", { taskId });
    expect((await findTask(taskId))?.status).toBe("Waiting");
    live.tellWritesStopped("Sales");
    await expect(importFile("last.trn", { taskId })).rejects.toMatchObject(code("InvalideStatus"));
  });
});

it("cutover-import-failed: the log of after the stop of writes is not restored, and the target stays as it was", async () => {
  const live = new LiveScenario("cutover-import-failed");
  await restartServers(live);
  const taskId = await restoreFull();
  await importToEnd("first.trn", { taskId });
  expect((await findTask(taskId))?.status).toBe("Waiting");
  live.tellWritesStopped("Sales");
  await importToEnd("last.trn", { taskId });
  expect((await findTask(taskId))?.status).toBe("Failed");
  expect((await filesOf(taskId)).map((file) => file.status)).toEqual([
    "Restored",
    "Restored",
    "RestoreFailed",
  ]);
  expect(await databaseStatus("shop")).toBe("In Recovery");
});

it("object-replaced: another file lies under the key of the first log once it was taken, and the log is restored", async () => {
  await restartServers("object-replaced");
  const taskId = await restoreFull();
  const before = await tagOf("first.trn");
  expect(before).toBe(await tagOf("first.trn"));
  await importToEnd("first.trn", { taskId });
  expect(await tagOf("first.trn")).not.toBe(before);
  await importToEnd("last.trn", { taskId });
  expect((await filesOf(taskId)).map((file) => file.status)).toEqual(["Restored", "Restored", "Restored"]);
});
