import { afterEach, describe, expect, test } from "vitest";
import { connectSourceServer } from "./connect-source-server";
import type { SourceBackupRequest, SourceServer, SourceServerConfig } from "./source-server";
import { type StubBehaviour, type StubTdsServer, startStubTdsServer } from "./stub-tds-server";

let stub: StubTdsServer | null = null;
let source: SourceServer | null = null;

afterEach(async () => {
  await source?.close();
  await stub?.stop();
  source = null;
  stub = null;
});

const login = { host: "127.0.0.1", user: "sa", password: "pa$$w0rd", trustServerCertificate: true };

async function connect(
  behaviour: StubBehaviour,
  more: Partial<SourceServerConfig> = {},
): Promise<SourceServer> {
  stub = await startStubTdsServer(behaviour);
  source = await connectSourceServer({ ...login, port: stub.port, encrypt: "off", ...more });
  return source;
}

const backup: SourceBackupRequest = {
  database: "Sales",
  kind: "log",
  path: "D:\\Backup\\Sales.trn",
  name: "chainferry 1",
  description: "text",
  compression: true,
};

const databaseColumns = ["name", "state_desc", "recovery_model_desc", "is_read_only", "data_bytes"];

describe("connecting", () => {
  test("a refused login tells its number and no password", async () => {
    const error: unknown = await connect({
      refuseLogin: { number: 18456, message: "Login failed for user 'sa'. pa$$w0rd" },
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fields: { kind: "auth", providerCode: "18456" } });
    expect(JSON.stringify(error)).not.toContain("pa$$w0rd");
  });

  test("a server that forces encryption while it is off", async () => {
    await expect(connect({ encryption: 3 })).rejects.toMatchObject({ fields: { providerCode: "EENCRYPT" } });
  });

  test("a server that silently goes on in clear while TLS is on is refused", async () => {
    const behaviour: StubBehaviour = {
      answer: (_, reply) => {
        reply.rows(["encrypt_option"], [["FALSE"]]);
        reply.end();
      },
    };
    await expect(connect(behaviour, { encrypt: "on" })).rejects.toMatchObject({
      fields: { providerCode: "ENOTENCRYPTED" },
    });
  });

  test("nobody listens", async () => {
    stub = await startStubTdsServer({});
    const { port } = stub;
    await stub.stop();
    await expect(connectSourceServer({ ...login, port, encrypt: "off" })).rejects.toMatchObject({
      fields: { kind: "unavailable", providerCode: "ECONNREFUSED" },
    });
  });
});

describe("backup", () => {
  test("sends names as parameters, reports percents, ends", async () => {
    const percents: number[] = [];
    const asked: boolean[] = [];
    const server = await connect({
      answer: (request, reply) => {
        asked.push(
          request.includes(
            "BACKUP LOG @db TO DISK = @path WITH FORMAT, INIT, CHECKSUM, COMPRESSION, STATS = 10",
          ),
          request.includes("Sales"),
          request.includes("D:\\Backup\\Sales.trn"),
          request.includes("chainferry 1"),
        );
        reply.info(3211, "10 Prozent verarbeitet.");
        reply.flush();
        reply.info(4035, "Processed 17 pages for database 'Sales', file 'Sales_log' on file 1.");
        reply.info(3211, "100 Prozent verarbeitet.");
        reply.end();
      },
    });
    await server.backup(backup, { onPercent: (percent) => percents.push(percent) });
    expect(percents).toEqual([10, 100]);
    expect(asked).toEqual([true, true, true, true]);
  });

  test.each([
    [{ kind: "full" }, "BACKUP DATABASE @db TO DISK = @path WITH FORMAT, INIT, CHECKSUM, COMPRESSION"],
    [
      { kind: "full", copyOnly: true, compression: false },
      "WITH COPY_ONLY, FORMAT, INIT, CHECKSUM, NO_COMPRESSION",
    ],
    [{ kind: "differential" }, "WITH DIFFERENTIAL, FORMAT, INIT, CHECKSUM, COMPRESSION, STATS = 5"],
    [
      { noRecovery: true },
      "BACKUP LOG @db TO DISK = @path WITH NORECOVERY, FORMAT, INIT, CHECKSUM, COMPRESSION",
    ],
  ] as const)("%j", async (more, text) => {
    let found = false;
    const server = await connect({
      answer: (request, reply) => {
        found = request.includes(text);
        reply.end();
      },
    });
    await server.backup({ ...backup, ...more });
    expect(found).toBe(true);
  });

  test("the cause of a failure, not its summary", async () => {
    const server = await connect({
      answer: (_, reply) => {
        reply.error(3201, "Cannot open backup device 'X'. Operating system error 5(Access is denied.).");
        reply.error(3013, "BACKUP LOG is terminating abnormally.");
        reply.end();
      },
    });
    await expect(server.backup(backup)).rejects.toMatchObject({
      fields: { kind: "forbidden", providerCode: "3201", mayHaveHappened: false },
    });
  });

  test("a lost connection may have happened", async () => {
    const server = await connect({
      answer: (_, reply) => {
        reply.info(3211, "50 percent processed.");
        reply.flush();
        reply.drop();
      },
    });
    await expect(server.backup(backup)).rejects.toMatchObject({
      fields: { kind: "unavailable", mayHaveHappened: true },
    });
  });

  test("an abort sends an attention", async () => {
    const abort = new AbortController();
    const server = await connect({
      answer: (_, reply) => {
        reply.info(3211, "10 percent processed.");
        reply.flush();
      },
    });
    const running = server.backup(backup, { signal: abort.signal, onPercent: () => abort.abort() });
    await expect(running).rejects.toMatchObject({
      fields: { providerCode: "ECANCEL", mayHaveHappened: true },
    });
    expect(stub?.attentions).toBe(1);
  });

  test("an abort before it began sends nothing", async () => {
    let asked = 0;
    const server = await connect({
      answer: (_, reply) => {
        asked += 1;
        reply.end();
      },
    });
    const running = server.backup(backup, { signal: AbortSignal.abort() });
    await expect(running).rejects.toMatchObject({
      fields: { providerCode: "ECANCEL", mayHaveHappened: false },
    });
    expect(asked).toBe(0);
  });

  test.each([
    [{ name: "" }],
    [{ name: "x".repeat(129) }],
    [{ path: "x".repeat(260) }],
    [{ kind: "full", noRecovery: true }],
    [{ copyOnly: true, noRecovery: true }],
  ] as const)("refuses %j itself", async (more) => {
    const server = await connect({});
    await expect(server.backup({ ...backup, ...more })).rejects.toMatchObject({
      fields: { kind: "invalid" },
    });
  });
});

describe("names in statements that take no parameters", () => {
  test("are looked up, then quoted", async () => {
    let altered = false;
    const name = "we]ird";
    const server = await connect({
      answer: (request, reply) => {
        if (request.includes("ALTER DATABASE")) {
          altered = request.includes("ALTER DATABASE [we]]ird] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;");
        } else reply.rows(databaseColumns, [[name, "ONLINE", "FULL", "0", null]]);
        reply.end();
      },
    });
    await server.restrictUsers(name);
    expect(altered).toBe(true);
  });

  test("an absent database changes nothing", async () => {
    let changes = 0;
    const server = await connect({
      answer: (request, reply) => {
        if (request.includes("ALTER") || request.includes("RESTORE")) changes += 1;
        reply.rows(databaseColumns, []);
        reply.end();
      },
    });
    for (const change of [server.allowUsers, server.recover, server.setRecoveryFull]) {
      await expect(change("x")).rejects.toMatchObject({ fields: { kind: "not_found", providerCode: "911" } });
    }
    expect(changes).toBe(0);
  });
});

describe("DBCC CHECKDB", () => {
  const checking = (errors: [number, string][]): StubBehaviour => ({
    answer: (request, reply) => {
      if (!request.includes("DBCC CHECKDB ([Sales]) WITH ALL_ERRORMSGS;")) {
        reply.rows(databaseColumns, [["Sales", "ONLINE", "FULL", "0", null]]);
      } else {
        for (const [number, message] of errors) reply.error(number, message);
        reply.info(8989, `CHECKDB found 0 allocation errors and ${errors.length} consistency errors.`);
      }
      reply.end();
    },
  });

  test("is ok without an error token", async () => {
    const lines: string[] = [];
    const server = await connect(checking([]));
    const result = await server.checkDatabase("Sales", { onMessage: (text) => lines.push(text) });
    expect(result.ok).toBe(true);
    expect(result.lines).toEqual(lines);
    expect(lines).toHaveLength(1);
  });

  test("is not ok with one, and says which", async () => {
    const server = await connect(
      checking([
        [8928, "Object ID 1 could not be processed."],
        [8939, "Table error."],
      ]),
    );
    const result = await server.checkDatabase("Sales");
    expect(result).toMatchObject({ ok: false });
    expect(result.lines).toContain("Object ID 1 could not be processed.");
    expect(result.lines).toContain("Table error.");
  });

  test("that could not run is an error, not a verdict", async () => {
    const server = await connect(checking([[7926, "Check statement aborted."]]));
    await expect(server.checkDatabase("Sales")).rejects.toMatchObject({ fields: { providerCode: "7926" } });
  });
});

test("rows become the product's types", async () => {
  const server = await connect({
    answer: (request, reply) => {
      if (request.includes("msdb.dbo.backupset")) {
        reply.rows(
          ["set_name", "backup_type", "first_lsn", "backup_size", "is_copy_only", "is_tail"],
          [
            ["n", "L", "12345670000000098700001", "42", "0", "1"],
            [null, "F", null, "0", "1", "0"],
          ],
        );
      } else {
        reply.rows(databaseColumns, [["Sales", "RESTORING", "BULK_LOGGED", "1", "8192"]]);
      }
      reply.end();
    },
  });
  expect(await server.listDatabases()).toMatchObject([
    { name: "Sales", state: "RESTORING", recoveryModel: "BULK_LOGGED", readOnly: true, dataBytes: 8192 },
  ]);
  expect(await server.listBackups({ database: "Sales", limit: 5 })).toMatchObject([
    {
      name: "n",
      kind: "log",
      firstLsn: "12345670000000098700001",
      sizeBytes: 42,
      copyOnly: false,
      tail: true,
    },
    { name: null, kind: "other", firstLsn: null, copyOnly: true, tail: false },
  ]);
});
