import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, only, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { ConnectionTest, ConnectionView } from "@/lib/contracts/connection";
import type { SaveConnectionInput } from "@/lib/contracts/connection-input";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { CONNECTION_FACT_KEYS } from "@/lib/diagnosis/connection-fact-keys";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
import type { SourceRights } from "@/lib/sqlserver/source-facts";
import type { ServerIdentity, SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import { archiveConnection } from "./archive-connection";
import { createConnection } from "./create-connection";
import { getConnection } from "./get-connection";
import { listConnections } from "./list-connections";
import { SANDBOX_CLOUD_ID, SANDBOX_SOURCE_ID, seedSandboxConnections } from "./seed-sandbox";
import { testConnection } from "./test-connection";
import { clockSkewSeconds } from "./test-source";
import { testUnsavedConnection } from "./test-unsaved-connection";
import { updateConnection } from "./update-connection";

const SECRET = "Planted-p4ss%word";
const AUTHORITY = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
const SOURCE: SaveConnectionInput & { kind: "sql_server" } = {
  kind: "sql_server",
  name: "PROD-01",
  settings: {
    host: "10.0.0.5",
    port: 1433,
    instanceName: null,
    user: "mig",
    encrypt: "on",
    trustServerCertificate: false,
  },
  secret: SECRET,
};
const CLOUD: SaveConnectionInput & { kind: "cloud_account" } = {
  kind: "cloud_account",
  name: "Main account",
  settings: {
    regionId: "cn-hangzhou",
    accessKeyId: "LTAI-1",
    rdsEndpoint: null,
    ramEndpoint: null,
    ossEndpoint: null,
  },
  secret: SECRET,
};

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
}, OPENING_MS);
afterAll(() => world.close());
beforeEach(async () => {
  await world.ctx.db.migration.deleteMany();
  await world.ctx.db.connection.deleteMany();
  world.forgotten.length = 0;
});

async function migrationOf(connectionId: string, status: string): Promise<void> {
  const id = world.ctx.newId();
  await world.ctx.db.migration.create({
    data: {
      id,
      name: `shop ${status}`,
      status,
      phase: "rounds",
      draft: EMPTY_DRAFT,
      createdBy: "x",
      sourceConnectionId: connectionId,
    },
  });
}

describe("saving", () => {
  test("the secret is sealed in the store and never comes back", async () => {
    const view = await createConnection({ ctx: world.ctx, input: SOURCE });
    expect(ConnectionView.parse(view)).toEqual(view);
    const row = await world.ctx.db.connection.findUniqueOrThrow({ where: { id: view.id } });
    expect(JSON.stringify(row)).not.toContain(SECRET);
    expect(world.ctx.sealer.unseal(row.secretSealed, `Connection/${row.id}`)).toBe(SECRET);
    const seen = [await getConnection({ ctx: world.ctx, input: { connectionId: view.id } })];
    seen.push(...(await listConnections({ ctx: world.ctx, input: {} })).connections);
    expect(JSON.stringify([seen, world.log])).not.toContain(SECRET);
    expect(JSON.stringify(seen)).not.toContain(row.secretSealed);
  });

  test("unknown fields are refused", async () => {
    const input = { ...SOURCE, settings: { ...SOURCE.settings, password: "x" } };
    await expect(createConnection({ ctx: world.ctx, input })).rejects.toThrow();
  });

  test("an address as SQL Server's tools write it is kept in its parts; one that is none is refused", async () => {
    const settings = { ...SOURCE.settings, host: "tcp:db01\\SQL2019,50123" };
    const view = await createConnection({ ctx: world.ctx, input: { ...SOURCE, settings } });
    expect(view.settings).toMatchObject({ host: "db01", port: 50123, instanceName: null });
    const colon = { ...SOURCE, settings: { ...SOURCE.settings, host: "db01:1433" } };
    await expect(createConnection({ ctx: world.ctx, input: colon })).rejects.toMatchObject({
      fields: { reason: "address_not_understood", invalidParams: [{ path: "settings.host" }] },
    });
  });

  test("an empty secret keeps the stored one, and cached clients are forgotten", async () => {
    const { id } = await createConnection({ ctx: world.ctx, input: SOURCE });
    const save = { ...SOURCE, name: "PROD-01 (old)", secret: "" };
    const view = await updateConnection({ ctx: world.ctx, input: { connectionId: id, save } });
    expect(view.name).toBe("PROD-01 (old)");
    const row = await world.ctx.db.connection.findUniqueOrThrow({ where: { id } });
    expect(world.ctx.sealer.unseal(row.secretSealed, `Connection/${row.id}`)).toBe(SECRET);
    expect(world.forgotten).toEqual([id]);
  });

  test.each([
    ["another host", { host: "evil.example" }],
    ["another port", { port: 1434 }],
    ["another instance", { instanceName: "OTHER" }],
    ["another user", { user: "sa" }],
    ["no check of the certificate", { trustServerCertificate: true }],
    ["no encryption", { encrypt: "off" as const }],
    ["old TLS", { encrypt: "legacy" as const }],
    ["encryption where possible", { encrypt: "optional" as const }],
    ["a Windows account", { user: "CORP\\mig" }],
    ["an authority of somebody else", { certificateAuthority: AUTHORITY }],
  ])("a stored secret is not sent elsewhere: %s needs it again", async (_name, change) => {
    const { id } = await createConnection({ ctx: world.ctx, input: SOURCE });
    const save = { ...SOURCE, settings: { ...SOURCE.settings, ...change }, secret: "" };
    await expect(
      updateConnection({ ctx: world.ctx, input: { connectionId: id, save } }),
    ).rejects.toMatchObject({
      fields: { reason: "secret_needed_for_new_target", invalidParams: [{ path: "secret" }] },
    });
    const again = { ...save, secret: "new-secret" };
    await updateConnection({ ctx: world.ctx, input: { connectionId: id, save: again } });
  });

  test.each([
    ["OSS endpoint", { ossEndpoint: "https://evil.example" }],
    ["domain of OSS", { ossDomain: "https://evil.example" }],
    ["RDS endpoint", { rdsEndpoint: "https://evil.example" }],
    ["RAM endpoint", { ramEndpoint: "https://evil.example" }],
    ["region", { regionId: "cn-elsewhere" }],
    ["key", { accessKeyId: "LTAI5tOther" }],
    ["authority", { certificateAuthority: AUTHORITY }],
  ])("an account's %s is such a place, too", async (_name, change) => {
    const { id } = await createConnection({ ctx: world.ctx, input: CLOUD });
    const settings = { ...CLOUD.settings, ...change };
    const save = { ...CLOUD, settings, secret: "" };
    await expect(
      updateConnection({ ctx: world.ctx, input: { connectionId: id, save } }),
    ).rejects.toMatchObject({
      fields: { reason: "secret_needed_for_new_target" },
    });
  });

  test("stronger protection does not need it again", async () => {
    const { id } = await createConnection({ ctx: world.ctx, input: SOURCE });
    const save = { ...SOURCE, settings: { ...SOURCE.settings, encrypt: "strict" as const }, secret: "" };
    const view = await updateConnection({ ctx: world.ctx, input: { connectionId: id, save } });
    expect(view.settings).toMatchObject({ encrypt: "strict" });
  });

  test("its kind stays", async () => {
    const { id } = await createConnection({ ctx: world.ctx, input: SOURCE });
    await expect(
      updateConnection({ ctx: world.ctx, input: { connectionId: id, save: CLOUD } }),
    ).rejects.toMatchObject({ fields: { reason: "connection_kind_fixed" } });
  });
});

describe("archiving", () => {
  test.each(["running", "waiting_for_user", "failed", "unknown"])(
    "is refused while a migration is %s",
    async (status) => {
      const { id } = await createConnection({ ctx: world.ctx, input: SOURCE });
      await migrationOf(id, status);
      await expect(archiveConnection({ ctx: world.ctx, input: { connectionId: id } })).rejects.toMatchObject({
        fields: { reason: "connection_in_use", params: { migrations: 1, name: `shop ${status}` } },
      });
    },
  );

  test("hides it and forgets its secret; finished migrations do not hold it", async () => {
    const { id } = await createConnection({ ctx: world.ctx, input: SOURCE });
    await migrationOf(id, "succeeded");
    await archiveConnection({ ctx: world.ctx, input: { connectionId: id } });
    expect((await listConnections({ ctx: world.ctx, input: {} })).connections).toEqual([]);
    await expect(getConnection({ ctx: world.ctx, input: { connectionId: id } })).rejects.toMatchObject({
      fields: { reason: "connection_not_found" },
    });
    expect((await world.ctx.db.connection.findUniqueOrThrow({ where: { id } })).secretSealed).toBe("");
    expect(world.forgotten).toEqual([id]);
  });
});

test.each([
  ["viewer", "forbidden"],
  ["operator", "forbidden"],
] as const)("a %s may not save, archive or test what is not saved", async (role, code) => {
  const ctx = world.as(role);
  const calls = [
    createConnection({ ctx, input: SOURCE }),
    updateConnection({ ctx, input: { connectionId: "x", save: SOURCE } }),
    archiveConnection({ ctx, input: { connectionId: "x" } }),
    testUnsavedConnection({ ctx, input: SOURCE }),
  ];
  for (const settled of await Promise.allSettled(calls)) {
    expect(settled).toMatchObject({ status: "rejected", reason: { fields: { code } } });
  }
});

const IDENTITY: ServerIdentity = {
  productVersion: "15.0.4430.1",
  productLevel: "RTM",
  edition: "Enterprise Edition (64-bit)",
  engineEdition: 3,
  serverName: "PROD-01",
  machineName: "PROD-01",
  collation: "Chinese_PRC_CI_AS",
  isSysadmin: false,
  defaultBackupPath: "D:\\Backup",
  versionText: "Microsoft SQL Server 2019\nmore",
  utcOffsetMinutes: 480,
  localTime: "2026-05-04T18:00:05.000",
  encrypted: true,
};

const RIGHTS: SourceRights = {
  login: "mig",
  sysadmin: false,
  viewServerState: false,
  viewAnyDefinition: true,
  createAnyDatabase: null,
  backupDatabase: true,
  backupLog: true,
  alterDatabase: false,
  controlDatabase: false,
  viewDatabaseState: true,
  selectBackupset: false,
  selectJobs: true,
};

function refusal(system: "sql_server" | "oss" | "rds", providerCode: string): ExternalError {
  return new ExternalError({
    system,
    kind: "auth",
    providerCode,
    providerMessage: `refused for ${SECRET}`,
    providerRequestId: "R-1",
    mayHaveHappened: false,
  });
}

describe("testing a source", () => {
  test("tells what it is and which rights are missing, and closes", async () => {
    let closed = 0;
    world.clients.openSource = async (_settings, password) => {
      expect(password).toBe(SECRET);
      return only<SourceServer>({
        identify: async () => IDENTITY,
        listDatabases: async () => [
          only<SourceDatabase>({ name: "a]b" }),
          only<SourceDatabase>({ name: "shop" }),
        ],
        facts: only<SourceServer["facts"]>({
          rights: async (name) => ({ ...RIGHTS, backupLog: name !== "a]b" }),
        }),
        listBackups: async () => {
          throw refusal("sql_server", "229");
        },
        close: async () => {
          closed += 1;
        },
      });
    };
    const result = await testUnsavedConnection({ ctx: world.ctx, input: SOURCE });
    expect(ConnectionTest.parse(result)).toEqual(result);
    expect(result.ok).toBe(true);
    expect(Object.fromEntries(result.facts.map(({ key, value, ok }) => [key, [value, ok]]))).toEqual({
      server_name: ["PROD-01", null],
      version: ["15.0.4430.1", true],
      edition: ["Enterprise Edition (64-bit)", null],
      encrypted: ["yes", true],
      sysadmin: ["no", null],
      clock: ["5", true],
      databases: ["2", true],
      backup_history: ["sql_forbidden", false],
      rights: ["VIEW SERVER STATE, SELECT ON msdb.dbo.backupset", false],
      backup_rights: ["1/2", true],
    });
    for (const { key } of result.facts) expect(CONNECTION_FACT_KEYS).toContain(key);
    expect(closed).toBe(1);
  });

  test("a refusal is an answer with the exact failure, without the secret, kept with the connection", async () => {
    const { id } = await createConnection({ ctx: world.ctx, input: SOURCE });
    world.clients.openSource = () => Promise.reject(refusal("sql_server", "18456"));
    const result = await testConnection({ ctx: world.as("operator"), input: { connectionId: id } });
    expect(result).toMatchObject({
      ok: false,
      failure: { reason: "sql_login_failed", providerCode: "18456" },
    });
    const view = await getConnection({ ctx: world.ctx, input: { connectionId: id } });
    expect(view.lastTest).toEqual(result);
    expect(JSON.stringify([result, view, world.log])).not.toContain(SECRET);
  });

  test("a bug of ours is not shown as the server's fault", async () => {
    world.clients.openSource = () => Promise.reject(new TypeError("bug"));
    await expect(testUnsavedConnection({ ctx: world.ctx, input: SOURCE })).rejects.toThrow(TypeError);
  });

  test.each([
    ["2026-05-04T18:00:05.000", 480, 5],
    ["2026-05-04 10:00:00.000", 0, 0],
    ["2026-05-04T04:28:00", -330, -120],
    ["nonsense", 0, null],
  ])("clock %s at offset %i", (localTime, utcOffsetMinutes, expected) => {
    expect(clockSkewSeconds({ localTime, utcOffsetMinutes }, new Date("2026-05-04T10:00:00Z"))).toBe(
      expected,
    );
  });
});

describe("testing a cloud account", () => {
  test("asks RDS, OSS and RAM; only buckets of the region count", async () => {
    world.clients.openRds = async () =>
      only<RdsAccount>({
        listInstances: async () => [],
        checkImportRole: async () => ({ state: "missing", detail: "EntityNotExist.Role" }),
      });
    world.clients.openObjects = async () =>
      only<ObjectStore>({
        listBuckets: async () => [
          { name: "near", regionId: "cn-hangzhou", storageClass: "Standard" },
          { name: "far", regionId: "cn-beijing", storageClass: "Standard" },
        ],
      });
    const result = await testUnsavedConnection({ ctx: world.ctx, input: CLOUD });
    expect(result).toMatchObject({
      ok: true,
      facts: [
        { key: "region", value: "cn-hangzhou" },
        { key: "instances", value: "0", ok: null },
        { key: "buckets", value: "1", ok: true },
        { key: "import_role", value: "missing", ok: false },
      ],
    });
  });

  test("what one service says stays when another refuses", async () => {
    world.clients.openRds = async () =>
      only<RdsAccount>({
        listInstances: () => Promise.reject(refusal("rds", "Forbidden.RAM")),
        checkImportRole: async () => ({ state: "unknown", detail: "" }),
      });
    world.clients.openObjects = async () => only<ObjectStore>({ listBuckets: async () => [] });
    const result = await testUnsavedConnection({ ctx: world.ctx, input: CLOUD });
    expect(result).toMatchObject({
      ok: false,
      failure: { reason: "rds_forbidden", providerRequestId: "R-1" },
      facts: [{ key: "region" }, { key: "buckets" }, { key: "import_role", ok: null }],
    });
  });
});

test("the sandbox's connections keep their ids while its ports change, and cannot be changed by hand", async () => {
  const seed = (port: number) => ({
    sqlServer: { host: "127.0.0.1", port, user: "sa", password: SECRET },
    oss: { endpoint: `http://127.0.0.1:${port + 1}`, regionId: "cn-hangzhou" },
    rds: { endpoint: `http://127.0.0.1:${port + 2}`, regionId: "cn-hangzhou" },
    accessKeyId: "ak",
    accessKeySecret: SECRET,
  });
  await seedSandboxConnections({ ctx: world.ctx, input: seed(5000) });
  await seedSandboxConnections({ ctx: world.ctx, input: seed(6000) });
  const { connections } = await listConnections({ ctx: world.ctx, input: {} });
  expect(connections.map(({ id, sandbox }) => [id, sandbox])).toEqual([
    [SANDBOX_CLOUD_ID, true],
    [SANDBOX_SOURCE_ID, true],
  ]);
  expect(connections[1]?.settings).toMatchObject({ port: 6000 });
  const input = { connectionId: SANDBOX_SOURCE_ID };
  await expect(archiveConnection({ ctx: world.ctx, input })).rejects.toMatchObject({
    fields: { reason: "connection_of_sandbox" },
  });
});
