import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { BucketDetailView, ObjectHeaderView, SourceDatabaseListView } from "@/lib/contracts/catalog";
import { type ConnectionTest, ConnectionView } from "@/lib/contracts/connection";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { InstanceDetailView } from "@/lib/contracts/instance-detail";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { RecordListView } from "@/lib/contracts/record";
import { probeDraft } from "@/lib/preflight/run-probes";
import { createClients } from "@/lib/start/create-clients";
import { createEndpointGuard, originsOf } from "@/lib/start/endpoint-guard";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import type { Sandbox } from "@/sandbox/sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import { getBucket } from "./catalog/get-bucket";
import { getInstance } from "./catalog/get-instance";
import { listBuckets } from "./catalog/list-buckets";
import { listDatabases } from "./catalog/list-databases";
import { listInstances } from "./catalog/list-instances";
import { listObjects } from "./catalog/list-objects";
import { readObjectHeader } from "./catalog/read-object-header";
import { getConnection } from "./connection/get-connection";
import { SANDBOX_CLOUD_ID, SANDBOX_SOURCE_ID, seedSandboxConnections } from "./connection/seed-sandbox";
import { testConnection } from "./connection/test-connection";
import { testUnsavedConnection } from "./connection/test-unsaved-connection";
import { listTasks } from "./record/list-tasks";

/** The use cases over the real adapters and wire protocols. */
let world: TestCtx;
let sandbox: Sandbox;
let clients: ReturnType<typeof createClients>;
let folder: string;
let ctx: Ctx;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "chainferry-on-sandbox-"));
  sandbox = await startSandbox({ folder });
  world = await openQuickCtx();
  const endpoints = createEndpointGuard({ sandbox: originsOf(sandbox.endpoints) });
  clients = createClients({ db: world.ctx.db, sealer: world.ctx.sealer, endpoints });
  ctx = { ...world.ctx, clients, now: () => new Date() };
  await seedSandboxConnections({ ctx, input: sandbox.endpoints });
}, OPENING_MS);

afterAll(async () => {
  await clients?.close();
  await world?.close();
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

const cloud = { connectionId: SANDBOX_CLOUD_ID };
const factOf = (result: ConnectionTest, key: string) => result.facts.find((fact) => fact.key === key);

describe("connections", () => {
  test("both are tested and found in order", async () => {
    const source = await testConnection({ ctx, input: { connectionId: SANDBOX_SOURCE_ID } });
    expect(source).toMatchObject({ ok: true });
    expect(factOf(source, "encrypted")).toMatchObject({ value: "yes", ok: true });
    expect(factOf(source, "backup_history")).toMatchObject({ ok: true });
    const account = await testConnection({ ctx, input: cloud });
    expect(account).toMatchObject({ ok: true });
    expect(factOf(account, "import_role")).toMatchObject({ value: "authorized" });
    const view = await getConnection({ ctx, input: cloud });
    expect(ConnectionView.parse(view).lastTest).toEqual(account);
  });

  test("a wrong password, key or port is told exactly, and no secret with it", async () => {
    const { sqlServer, oss, rds, accessKeyId } = sandbox.endpoints;
    const settings = {
      host: sqlServer.host,
      port: sqlServer.port,
      instanceName: null,
      user: sqlServer.user,
      encrypt: "on" as const,
      trustServerCertificate: true,
    };
    const secret = "planted-wrong-one";
    const of = (change: object) =>
      testUnsavedConnection({
        ctx,
        input: { kind: "sql_server", name: "x", settings: { ...settings, ...change }, secret },
      });
    const account = testUnsavedConnection({
      ctx,
      input: {
        kind: "cloud_account",
        name: "x",
        settings: {
          regionId: rds.regionId,
          accessKeyId,
          rdsEndpoint: rds.endpoint,
          ramEndpoint: rds.endpoint,
          ossEndpoint: oss.endpoint,
        },
        secret,
      },
    });
    const results = await Promise.all([
      of({}),
      of({ port: 1 }),
      of({ trustServerCertificate: false }),
      account,
    ]);
    const reasons = results.map((result) => (result.ok ? null : result.failure.reason));
    expect(reasons).toEqual(["sql_login_failed", "sql_port_refused", "sql_tls_untrusted", "rds_signature"]);
    expect(JSON.stringify([results, world.log])).not.toContain(secret);
  });
});

describe("the catalog", () => {
  test("databases, instances and buckets fit their contracts", async () => {
    const databases = await listDatabases({ ctx, input: { connectionId: SANDBOX_SOURCE_ID } });
    expect(
      SourceDatabaseListView.parse(databases)
        .databases.map((one) => one.name)
        .sort(),
    ).toEqual([...sandbox.endpoints.sqlServer.databases].sort());
    const { instances } = await listInstances({ ctx, input: cloud });
    const instanceId = instances[0]?.instanceId ?? "";
    expect(instanceId).toBe(sandbox.endpoints.rds.instanceId);
    const instance = await getInstance({ ctx, input: { ...cloud, instanceId } });
    expect(InstanceDetailView.parse(instance).importRole.state).toBe("authorized");
    const { buckets } = await listBuckets({ ctx, input: cloud });
    const bucket = sandbox.endpoints.oss.bucket;
    expect(buckets.map((one) => one.name)).toContain(bucket);
    const detail = BucketDetailView.parse(await getBucket({ ctx, input: { ...cloud, bucket } }));
    expect(detail).toMatchObject({
      storageClass: "Standard",
      encryption: "None",
      regionId: instance.regionId,
    });
  });

  test("an object's header is read from OSS", async () => {
    const bucket = sandbox.endpoints.oss.bucket;
    const set = {
      type: "log" as const,
      databaseName: "Shop",
      firstLsn: 100n,
      lastLsn: 200n,
      checkpointLsn: 100n,
      payloadBytes: 5_000,
    };
    const store = await ctx.clients.objects(SANDBOX_CLOUD_ID);
    const body = Buffer.concat([...backupBytes({ sets: [set] })]);
    await store.putObject({ bucket, key: "catalog/日志 1.bak", body });
    await store.putObject({ bucket, key: "catalog/readme.txt", body: Buffer.from("hello") });
    const input = { ...cloud, bucket, prefix: "catalog/", continuationToken: null };
    const { objects } = await listObjects({ ctx, input });
    expect(objects.map((object) => object.key).sort()).toEqual(["catalog/readme.txt", "catalog/日志 1.bak"]);
    const header = await readObjectHeader({ ctx, input: { ...cloud, bucket, key: "catalog/日志 1.bak" } });
    expect(ObjectHeaderView.parse(header)).toMatchObject({
      sets: [{ type: "log", lastLsn: "200" }],
      error: null,
    });
    const text = await readObjectHeader({ ctx, input: { ...cloud, bucket, key: "catalog/readme.txt" } });
    expect(text).toMatchObject({ sets: [], error: { code: "not_a_backup" } });
  });
});

describe("probes", () => {
  const draft = (): MigrationDraft => ({
    ...EMPTY_DRAFT,
    sourceConnectionId: SANDBOX_SOURCE_ID,
    sourceDatabase: sandbox.endpoints.sqlServer.databases[0] ?? "",
    sourceFolder: sandbox.endpoints.sqlServer.backupFolder,
    localFolder: sandbox.endpoints.sqlServer.localFolder,
    cloudConnectionId: SANDBOX_CLOUD_ID,
    bucket: sandbox.endpoints.oss.bucket,
    instanceId: sandbox.endpoints.rds.instanceId,
    targetDatabase: "brand_new",
  });
  const steps = ["source", "backup", "import"] as const;

  test("nothing blocks a migration of the sandbox, and no probe leaves anything behind", async () => {
    const before = await readdir(sandbox.endpoints.sqlServer.localFolder);
    const probes = await probeDraft({ ctx, draft: draft(), steps: [...steps] });
    expect(probes.filter((probe) => probe.verdict === "block")).toEqual([]);
    // What RDS has no call for; everything else is answered.
    const unknown = probes.filter((probe) => probe.verdict === "unknown").map((probe) => probe.id);
    expect(unknown).toEqual(["instance.leftover_files"]);
    expect(await readdir(sandbox.endpoints.sqlServer.localFolder)).toEqual(before);
  });

  test("a folder that SQL Server sees elsewhere is found out", async () => {
    const [probe] = await probeDraft({ ctx, draft: { ...draft(), localFolder: folder }, steps: ["backup"] });
    expect(probe).toMatchObject({ id: "folder.mapping", verdict: "block", params: { cause: "not_seen" } });
  });
});

test("records of the instance are listed", async () => {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const { instanceId } = sandbox.endpoints.rds;
  const list = await listTasks({ ctx, input: { ...cloud, instanceId, from: day(-6), to: day(0) } });
  expect(RecordListView.parse(list).stale).toBe(false);
});
