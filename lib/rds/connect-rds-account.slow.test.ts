import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { connectRdsAccount } from "./connect-rds-account";
import type { ImportRequest, RdsAccount, RdsAccountConfig } from "./rds-account";

interface Call {
  action: string;
  query: URLSearchParams;
  authorization: string;
}
type Answer = (call: Call, response: ServerResponse, request: IncomingMessage) => void;

let server: Server | null = null;
let calls: Call[] = [];

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  calls = [];
});

async function connect(answer: Answer, more: Partial<RdsAccountConfig> = {}): Promise<RdsAccount> {
  const listening = createServer((request, response) => {
    const call = {
      action: String(request.headers["x-acs-action"]),
      query: new URL(request.url ?? "/", "http://stub").searchParams,
      authorization: String(request.headers.authorization),
    };
    calls.push(call);
    answer(call, response, request);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return connectRdsAccount({
    accessKeyId: "testak",
    accessKeySecret: "test-s3cr3t",
    regionId: "cn-hangzhou",
    endpoint,
    ramEndpoint: endpoint,
    ...more,
  });
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ RequestId: "REQ-1", ...body }));
}

const importRequest: ImportRequest = {
  instanceId: "rm-1",
  databaseName: "sales",
  method: "access_pending",
  taskId: null,
  checkMode: "async",
  object: { endpoint: "oss-cn-hangzhou.aliyuncs.com", bucket: "b", key: "/dir/测试 a+b.bak" },
};

describe("createImport", () => {
  test("the first file: UPDF, not online, no task id, no slash before the key", async () => {
    const account = await connect((_, response) => json(response, { MigrateTaskId: "106121", TaskId: "9" }));
    expect(await account.createImport(importRequest)).toEqual({ taskId: "106121", requestId: "REQ-1" });
    const { action, query, authorization } = calls[0] ?? { query: new URLSearchParams() };
    expect(action).toBe("CreateMigrateTask");
    expect(Object.fromEntries(query)).toEqual({
      BackupMode: "UPDF",
      DBInstanceId: "rm-1",
      DBName: "sales",
      IsOnlineDB: "False",
      OssObjectPositions: "oss-cn-hangzhou.aliyuncs.com:b:dir/测试 a+b.bak",
    });
    expect(authorization).toMatch(/^ACS3-HMAC-SHA256 Credential=testak,/);
  });

  test("a later file names the task; immediate access the check", async () => {
    const account = await connect((_, response) => json(response, { MigrateTaskId: "106121" }));
    await account.createImport({ ...importRequest, taskId: "106121" });
    await account.createImport({ ...importRequest, method: "immediate", checkMode: "sync" });
    expect(calls[0]?.query.get("MigrateTaskId")).toBe("106121");
    expect(Object.fromEntries(calls[1]?.query ?? [])).toMatchObject({
      BackupMode: "FULL",
      IsOnlineDB: "True",
      CheckDBMode: "SyncExecuteDBCheck",
    });
  });

  const failures: [string, Answer, object][] = [
    [
      "500",
      (_, response) => json(response, { Code: "ExternalFailure", Message: "backend" }, 500),
      { kind: "unavailable", mayHaveHappened: true, providerCode: "ExternalFailure" },
    ],
    [
      "a page",
      (_, response) => response.writeHead(502).end("<html>Bad Gateway</html>"),
      { kind: "unavailable", mayHaveHappened: true, providerCode: "BadAnswer" },
    ],
    [
      "a page with 200",
      (_, response) => response.writeHead(200).end("<html>Please log in</html>"),
      { kind: "unavailable", mayHaveHappened: true, providerCode: "BadAnswer" },
    ],
    [
      "a dropped connection",
      (_, response) => response.destroy(),
      { kind: "unavailable", mayHaveHappened: true, providerCode: "ECONNRESET" },
    ],
    [
      "no task id",
      (_, response) => json(response, {}),
      { kind: "unavailable", mayHaveHappened: true, providerRequestId: "REQ-1" },
    ],
    [
      "throttling",
      (_, response) => json(response, { Code: "Throttling.User", Message: "slow down" }, 400),
      { kind: "throttled", mayHaveHappened: false },
    ],
    [
      "a refusal",
      (_, response) => json(response, { Code: "InvalidDBName", Message: "no" }, 400),
      { kind: "invalid", mayHaveHappened: false, providerMessage: "no", providerRequestId: "REQ-1" },
    ],
  ];
  test.each(failures)("%s: asked once, and told whether to look", async (_, answer, fields) => {
    const account = await connect(answer);
    await expect(account.createImport(importRequest)).rejects.toMatchObject({ fields });
    expect(calls).toHaveLength(1);
  });
});

test("openDatabase carries its token and is not tried again", async () => {
  let fail = false;
  const account = await connect((_, response) => (fail ? response.destroy() : json(response, {})));
  const request = {
    instanceId: "rm-1",
    databaseName: "sales",
    taskId: "106121",
    checkMode: "async" as const,
    clientToken: "token-1",
  };
  expect(await account.openDatabase(request)).toEqual({ requestId: "REQ-1" });
  expect(Object.fromEntries(calls[0]?.query ?? [])).toEqual({
    DBInstanceId: "rm-1",
    DBName: "sales",
    MigrateTaskId: "106121",
    CheckDBMode: "AsyncExecuteDBCheck",
    ClientToken: "token-1",
  });
  fail = true;
  await expect(account.openDatabase(request)).rejects.toMatchObject({ fields: { mayHaveHappened: true } });
  expect(calls).toHaveLength(2);
});

describe("reads", () => {
  test("are tried again after throttling, in the time asked for", async () => {
    const account = await connect((_, response) => {
      if (calls.length < 3) {
        response.setHeader("x-acs-retry-after", "5");
        json(response, { Code: "Throttling.User", Message: "slow down" }, 503);
      } else json(response, { DiskUsed: 10, DataSize: 7, LogSize: -1 });
    });
    expect(await account.getUsage("rm-1")).toEqual({ diskUsedBytes: 10, dataBytes: 7, logBytes: null });
    expect(calls).toHaveLength(3);
  });

  test("silence is a time-out", async () => {
    const account = await connect(() => undefined, { readTimeoutMs: 60 });
    await expect(account.getUsage("rm-1")).rejects.toMatchObject({
      fields: { kind: "timeout", providerCode: "RequestTimeout", mayHaveHappened: false },
    });
  });

  test("a slow answer within the time is an answer", async () => {
    const account = await connect(
      (_, response) => {
        setTimeout(() => json(response, { DiskUsed: 1 }), 100);
      },
      { readTimeoutMs: 5000 },
    );
    expect(await account.getUsage("rm-1")).toMatchObject({ diskUsedBytes: 1 });
  });

  test("tasks of all pages, words and times translated", async () => {
    const task = (id: number) => ({
      MigrateTaskId: String(id),
      DBName: "sales",
      BackupMode: "UPDF",
      Status: "Waiting",
      CreateTime: "2017-05-30 T12:11:4Z",
      EndTime: "",
      IsDBReplaced: "False",
      Description: "text",
    });
    const account = await connect((call, response) => {
      const page = Number(call.query.get("PageNumber"));
      const size = Number(call.query.get("PageSize"));
      const all = Array.from({ length: 230 }, (_, index) => task(index + 1));
      const rows = all.slice((page - 1) * size, page * size);
      json(response, { TotalRecordCount: all.length, Items: { MigrateTask: rows } });
    });
    const tasks = await account.listTasks({
      instanceId: "rm-1",
      from: "2026-03-01T10:00:30.000Z",
      to: "2026-03-02T10:00:30.000Z",
    });
    expect(tasks.map((found) => found.taskId)).toEqual(Array.from({ length: 230 }, (_, i) => String(i + 1)));
    expect(tasks[0]).toEqual({
      taskId: "1",
      databaseName: "sales",
      method: "access_pending",
      status: "waiting_for_backup",
      providerStatus: "Waiting",
      createdAt: "2017-05-30T12:11:04.000Z",
      endedAt: null,
      databaseReplaced: false,
      description: "text",
    });
    expect(calls[0]?.query.get("StartTime")).toBe("2026-03-01T10:00Z");
    expect(calls[0]?.query.get("EndTime")).toBe("2026-03-02T10:01Z");
    expect(calls).toHaveLength(3);
  });

  test("files with sizes in megabytes", async () => {
    const account = await connect((_, response) =>
      json(response, {
        Items: {
          OssDownload: [
            {
              FileName: "sales.trn",
              FileSize: "2MB",
              BackupMode: "Transaction_Log",
              Status: "Restored",
              CreateTime: "2026-03-30T12:11:04Z",
            },
          ],
        },
      }),
    );
    expect(await account.listFiles({ instanceId: "rm-1", taskId: "1" })).toEqual([
      {
        fileName: "sales.trn",
        sizeBytes: 2_097_152,
        type: "log",
        status: "restored",
        providerStatus: "Restored",
        createdAt: "2026-03-30T12:11:04.000Z",
        endedAt: null,
        description: "",
      },
    ]);
  });

  test("a task that RDS does not know is null", async () => {
    const account = await connect((_, response) =>
      json(response, { Code: "InvalidMigrateTask", Message: "?" }, 400),
    );
    expect(await account.findTask({ instanceId: "rm-1", taskId: "0" })).toBeNull();
  });

  test("an instance that the answer does not hold is not found", async () => {
    const account = await connect((_, response) => json(response, { Items: { DBInstanceAttribute: [] } }));
    await expect(account.getInstance("rm-0")).rejects.toMatchObject({ fields: { kind: "not_found" } });
  });

  test("instances and databases end although a total is missing", async () => {
    const account = await connect((call, response) =>
      call.action === "DescribeDBInstances"
        ? json(response, { Items: { DBInstance: [{ DBInstanceId: "rm-1", Engine: "SQLServer" }] } })
        : json(response, { Databases: { Database: [{ DBName: "a", DBStatus: "Running" }] } }),
    );
    expect(await account.listInstances()).toMatchObject([{ instanceId: "rm-1", engine: "SQLServer" }]);
    expect(await account.listDatabases("rm-1")).toEqual([{ name: "a", status: "Running", collation: null }]);
    expect(calls).toHaveLength(2);
  });
});

test("the role is asked of RAM", async () => {
  const account = await connect((call, response) => {
    if (call.action === "ListPoliciesForRole") {
      json(response, {
        Policies: { Policy: [{ PolicyName: "AliyunRDSImportRolePolicy", PolicyType: "System" }] },
      });
    } else {
      const document = JSON.stringify({ Statement: [{ Principal: { Service: ["rds.aliyuncs.com"] } }] });
      json(response, { Role: { AssumeRolePolicyDocument: document } });
    }
  });
  expect(await account.checkImportRole()).toMatchObject({ state: "authorized" });
  expect(calls.map((call) => [call.action, call.query.get("RoleName")])).toEqual([
    ["GetRole", "AliyunRDSImportRole"],
    ["ListPoliciesForRole", "AliyunRDSImportRole"],
  ]);
});

test("no secret in an error", async () => {
  const account = await connect((_, response) =>
    json(response, { Code: "SignatureDoesNotMatch", Message: "signed with test-s3cr3t" }, 400),
  );
  const error: unknown = await account.getUsage("rm-1").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ fields: { kind: "auth", providerMessage: "signed with ***" } });
  expect(JSON.stringify(error)).not.toContain("s3cr3t");
});
