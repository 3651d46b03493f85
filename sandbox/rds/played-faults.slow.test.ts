import * as rds from "@alicloud/rds20140815";
import { describe, expect, it } from "vitest";
import { SANDBOX_INSTANCE_ID } from "./initial-records";
import {
  CONTROL,
  code,
  connect,
  FULL,
  findTask,
  importFile,
  importToEnd,
  ledger,
  openDatabase,
  passTime,
  put,
  rdsUrl,
  restartServers,
  serveEachTest,
} from "./rds-fixture";

serveEachTest();

const MB = 1024 ** 2;

async function play(scenario: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(rdsUrl("/sandbox/scenario"), {
    method: "PUT",
    headers: CONTROL,
    body: JSON.stringify({ scenario }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function instance() {
  const request = { DBInstanceId: SANDBOX_INSTANCE_ID };
  const attribute = await connect().describeDBInstanceAttribute(
    new rds.DescribeDBInstanceAttributeRequest(request),
  );
  const usage = await connect().describeResourceUsage(new rds.DescribeResourceUsageRequest(request));
  const first = attribute.body?.items?.DBInstanceAttribute?.[0];
  const freeBytes = (first?.DBInstanceStorage ?? 0) * 1024 ** 3 - (usage.body?.diskUsed ?? 0);
  return { engineVersion: first?.engineVersion, limit: first?.DBMaxQuantity, freeBytes };
}

/** What becomes of a full backup of a database with files of this size. */
async function restore(fileBytes = 190 * MB) {
  const file = { logicalName: "shop", physicalName: "D:\\shop.mdf", type: "data", fileId: 1 } as const;
  await put("full.bak", { ...FULL, files: [{ ...file, sizeBytes: fileBytes }] });
  return findTask(await importToEnd("full.bak"));
}

describe("who goes on although a fault is played gets RDS's own answer", () => {
  it("tde: the restore lacks the certificate", async () => {
    await play("tde");
    expect(await restore()).toMatchObject({
      status: "Failed",
      description: expect.stringContaining("Cannot find server certificate with thumbprint"),
    });
  });

  it("edition-mismatch: everything is restored, and the opening fails", async () => {
    expect(await instance()).toMatchObject({ engineVersion: "2022_std_ha" });
    await play("edition-mismatch");
    expect(await instance()).toMatchObject({ engineVersion: "2022_web" });
    const task = await restore();
    expect(task?.status).toBe("Waiting");
    await openDatabase(task?.migrateTaskId ?? "", "token");
    passTime(60_000);
    expect(await findTask(task?.migrateTaskId ?? "")).toMatchObject({
      status: "Failed",
      description: "Failed to open database shop.",
    });
    await play("clean");
    expect(await instance()).toMatchObject({ engineVersion: "2022_std_ha" });
  });

  it("disk-too-small: the file fits, what it restores to does not", async () => {
    const { freeBytes } = await instance();
    await play("disk-too-small");
    expect((await instance()).freeBytes).toBe(36 * MB);
    expect((await restore())?.description).toBe(
      "Not Enough Disk Space for restoring, space left (36 MB) < needed (190 MB).",
    );
    await play("clean");
    expect((await instance()).freeBytes).toBe(freeBytes);
  });

  it("count-limit: the class's last database is there already", async () => {
    await play("count-limit");
    expect((await restore())?.description).toBe(
      "The database (shop) migration failed due to databases count limitation.",
    );
  });

  it("missing-role: the task is not even made", async () => {
    await play("missing-role");
    await put("full.bak", FULL);
    await expect(importFile("full.bak")).rejects.toMatchObject(code("EntityNotExist.Role"));
    expect(await ledger()).toEqual([]);
  });

  it("narrow-rights: the calls that are not allowed say so", async () => {
    await play("narrow-rights");
    const request = new rds.DescribeOssDownloadsRequest({
      DBInstanceId: SANDBOX_INSTANCE_ID,
      migrateTaskId: "0",
    });
    await expect(connect().describeOssDownloads(request)).rejects.toMatchObject(code("Forbidden.RAM", 403));
  });

  it("dbcc-errors: the database is open, the check finds what came along", async () => {
    await play("dbcc-errors");
    const taskId = (await restore())?.migrateTaskId ?? "";
    await openDatabase(taskId, "token");
    passTime(60_000);
    const task = await findTask(taskId);
    expect(task?.status).toBe("Success");
    expect(task?.description).toMatch(/^asynchronously DBCC checkdb failed: CHECKDB found 0 allocation/);
  });

  it("bad-gateway: a page of some proxy, and nothing has happened", async () => {
    await put("full.bak", FULL);
    await play("bad-gateway");
    await importFile("full.bak");
    await expect(importFile("full.bak", { databaseName: "other" })).rejects.toBeInstanceOf(SyntaxError);
    expect(await ledger()).toEqual(["full.bak"]);
  });
});

describe("the control page", () => {
  it("tells and changes what is played, and refuses what there is not", async () => {
    expect(await play("tde,ia-bucket")).toEqual({ status: 200, body: { scenario: "tde,ia-bucket" } });
    const refused = await play("sunshine");
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain("edition-mismatch");
    const now = await fetch(rdsUrl("/sandbox/scenario"), { headers: CONTROL });
    expect(await now.json()).toEqual({ scenario: "tde,ia-bucket" });
    expect((await fetch(rdsUrl("/sandbox/else"), { headers: CONTROL })).status).toBe(404);
  });

  it("shows and changes nothing without the sandbox's key", async () => {
    const change = { method: "PUT", body: JSON.stringify({ scenario: "tde" }) };
    for (const headers of [{}, { "x-sandbox-key": "guessed" }]) {
      for (const path of ["/sandbox/ledger", "/sandbox/scenario"])
        expect((await fetch(rdsUrl(path), { headers })).status).toBe(403);
      expect((await fetch(rdsUrl("/sandbox/scenario"), { ...change, headers })).status).toBe(403);
    }
    const now = await fetch(rdsUrl("/sandbox/scenario"), { headers: CONTROL });
    expect(await now.json()).not.toEqual({ scenario: "tde" });
  });

  it("a fault that lies in data is played once: it neither doubles nor stays after a restart", async () => {
    await restartServers("count-limit");
    await restartServers("clean");
    await play("count-limit");
    await play("clean");
    expect((await instance()).limit).toBe(50);
  });
});
