import * as rds from "@alicloud/rds20140815";
import { beforeEach, describe, expect, it } from "vitest";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { SANDBOX_INSTANCE_ID } from "./initial-records";
import {
  BUCKET,
  code,
  connect,
  DIFFERENTIAL,
  databaseStatus,
  FULL,
  filesOf,
  findTask,
  HOUR_MS,
  type Import,
  importFile,
  importToEnd,
  LOG,
  ledger,
  openDatabase,
  passTime,
  put,
  restartServers,
  serveEachTest,
  setClock,
} from "./rds-fixture";

serveEachTest();

describe("a chain", () => {
  it("is imported file by file, opened and checked", async () => {
    await put("in/full.bak", FULL);
    await put("in/log.trn", LOG);
    await put("in/diff.diff", DIFFERENTIAL);
    const taskId = await importFile("in/full.bak");
    expect(await findTask(taskId)).toMatchObject({
      status: "NoStart",
      backupMode: "UPDF",
      DBName: "shop",
      endTime: "",
    });
    await expect(importFile("in/log.trn", { taskId })).rejects.toMatchObject(code("InvalideStatus", 400));
    passTime(60_000);
    expect(await findTask(taskId)).toMatchObject({
      status: "Waiting",
      description: "",
      isDBReplaced: "False",
    });
    expect(await importToEnd("in/log.trn", { taskId })).toBe(taskId);
    await importToEnd("in/diff.diff", { taskId });
    expect((await filesOf(taskId)).map((file) => [file.fileName, file.backupMode, file.status])).toEqual([
      ["full.bak", "Database", "Restored"],
      ["log.trn", "Transaction_Log", "Restored"],
      ["diff.diff", "Differential_Database", "Restored"],
    ]);
    expect(await databaseStatus("shop")).toBe("In Recovery");

    await openDatabase(taskId, "token-1");
    expect(await findTask(taskId)).toMatchObject({ status: "Running" });
    await openDatabase(taskId, "token-1");
    await expect(openDatabase(taskId, "token-2")).rejects.toMatchObject(code("InvalideStatus", 400));
    passTime(60_000);
    expect(await findTask(taskId)).toMatchObject({
      status: "Success",
      description: "Success to DBCC checkdb asynchronously.",
    });
    expect(await databaseStatus("shop")).toBe("Running");
    await expect(importFile("in/log.trn", { taskId })).rejects.toMatchObject(code("InvalideStatus"));
    expect(await ledger()).toEqual(["in/full.bak", "in/log.trn", "in/diff.diff"]);
  });

  it("goes on after a restart, in the middle of an import", async () => {
    await put("full.bak", FULL);
    await put("log.trn", LOG);
    const taskId = await importFile("full.bak");
    await restartServers();
    expect((await findTask(taskId))?.status).toBe("NoStart");
    passTime(60_000);
    await importToEnd("log.trn", { taskId });
    expect(await findTask(taskId)).toMatchObject({ status: "Waiting" });
    expect(await ledger()).toEqual(["full.bak", "log.trn"]);
  });

  it("stays restoring when a file does not fit, and takes the right one afterwards", async () => {
    await put("full.bak", FULL);
    await put("late.trn", { ...LOG, firstLsn: 37_000_000_060_000_001n });
    await put("log.trn", LOG);
    const taskId = await importToEnd("full.bak");
    await importToEnd("late.trn", { taskId });
    const message =
      "The log in this backup set begins at LSN 37000000060000001, which is too recent to apply to the database.RESTORE LOG is terminating abnormally.";
    expect(await findTask(taskId)).toMatchObject({ status: "Failed", description: message });
    expect((await filesOf(taskId))[1]).toMatchObject({ status: "RestoreFailed", description: message });
    await importToEnd("full.bak", { taskId });
    expect((await findTask(taskId))?.description).toBe(
      "Backup set (full.bak) is a Database FULL backup, we only accept transaction log or differential backup.",
    );
    await importToEnd("log.trn", { taskId });
    expect(await findTask(taskId)).toMatchObject({ status: "Waiting", description: "" });
  });
});

describe("an immediate import", () => {
  it("opens the database", async () => {
    await put("full.bak", FULL);
    const taskId = await importToEnd("full.bak", { mode: "FULL" });
    expect(await findTask(taskId)).toMatchObject({ status: "Success", backupMode: "FULL" });
    expect(await databaseStatus("shop")).toBe("Running");
  });

  it("can be terminated; an incremental one can't", async () => {
    await put("full.bak", FULL);
    const terminate = (migrateTaskId: string) =>
      connect().terminateMigrateTask(
        new rds.TerminateMigrateTaskRequest({ DBInstanceId: SANDBOX_INSTANCE_ID, migrateTaskId }),
      );
    const full = await importFile("full.bak", { mode: "FULL" });
    await terminate(full);
    expect((await findTask(full))?.status).toBe("Terminated");
    const incremental = await importFile("full.bak");
    await expect(terminate(incremental)).rejects.toMatchObject(code("InvalidTaskType.Invalid", 400));
  });
});

describe("files that RDS can't restore", () => {
  it.each<[string, Partial<BackupSetSpec> | Uint8Array, string]>([
    ["x.trn", LOG, "Backup set (x.trn) is a Transaction Log backup, we only accept a FULL Backup."],
    [
      "x.bak",
      DIFFERENTIAL,
      "Backup set (x.bak) is a Database Differential backup, we only accept a FULL Backup.",
    ],
    [
      "junk.bak",
      new Uint8Array(5000),
      "Failed to verify junk.bak, backup file was corrupted or newer edition than RDS.",
    ],
    [
      "newer.bak",
      { ...FULL, softwareVersion: "17.0.1000", databaseVersion: 998 },
      "Failed to verify newer.bak, backup file was corrupted or newer edition than RDS.",
    ],
  ])("%s begins no chain", async (key, set, message) => {
    await put(key, set);
    const taskId = await importToEnd(key);
    expect(await findTask(taskId)).toMatchObject({ status: "Failed", description: message });
    expect((await filesOf(taskId))[0]).toMatchObject({ status: "CheckFailed", isAvailable: "False" });
    expect(await databaseStatus("shop")).toBeUndefined();
  });

  it("over a database that is there", async () => {
    await put("full.bak", FULL);
    const taskId = await importToEnd("full.bak", { databaseName: "hr_portal" });
    expect((await findTask(taskId))?.description).toBe(
      "The database (hr_portal) is already exist on RDS, please backup and drop it, then try again.",
    );
  });
});

describe("CreateMigrateTask refuses", () => {
  beforeEach(async () => {
    await put("full.bak", FULL);
    await put("full.zip", FULL);
    await put("archived.bak", FULL, { "x-oss-storage-class": "IA" });
    await put("encrypted.bak", FULL, { "x-oss-server-side-encryption": "AES256" });
  });

  it.each<[string, string, Import, { code: string }]>([
    [
      "FULL that stays restoring",
      "full.bak",
      { mode: "FULL", online: "False" },
      code("DatabaseMustOnline", 400),
    ],
    ["UPDF that opens", "full.bak", { mode: "UPDF", online: "True" }, code("DatabaseMustOnline", 400)],
    ["an unknown instance", "full.bak", { instanceId: "rm-none" }, code("InvalidDBInstanceId.NotFound", 400)],
    ["a busy instance", "full.bak", { instanceId: "rm-sandbox2019ent" }, code("InvalidInstanceState", 403)],
    ["a system name", "full.bak", { databaseName: "Master" }, code("InvalidDBName", 403)],
    ["a bad position", "full.bak", { position: "full.bak" }, code("InvalidOssObjectPositions.Format", 403)],
    [
      "another region",
      "x",
      { position: `oss-cn-beijing.aliyuncs.com:${BUCKET}:full.bak` },
      code("InvalidOSSURL", 400),
    ],
    ["an object that is not there", "none.bak", {}, code("BakFilesNeeded", 404)],
    ["an unknown suffix", "full.zip", {}, code("IncorrectFileExtension", 400)],
    ["the IA class", "archived.bak", {}, code("InvalidOssObjectStorageClassType", 400)],
    ["an encrypted object", "encrypted.bak", {}, code("InvalidFile", 400)],
    ["an unknown task", "full.bak", { taskId: "1" }, code("InvalidMigrateTask", 400)],
  ])("%s", async (_name, key, given, expected) => {
    await expect(importFile(key, given)).rejects.toMatchObject(expected);
    expect(await ledger()).toEqual([]);
  });

  it("the 21st import of a database in a day", async () => {
    await put("junk.bak", new Uint8Array(600));
    // The quota's day ends at 16:00 UTC: begin far from it.
    setClock(Date.UTC(2040, 0, 1, 18));
    for (let index = 0; index < 20; index += 1) await importToEnd("junk.bak");
    await expect(importFile("junk.bak")).rejects.toMatchObject(code("ExceedUploadTime", 400));
    await importFile("junk.bak", { databaseName: "other" });
    passTime(25 * HOUR_MS);
    await importFile("junk.bak");
  });
});
