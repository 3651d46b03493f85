import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type MigrationDraft, ProbeListView } from "@/lib/contracts/migration";
import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { PROBE_IDS } from "@/lib/diagnosis/probe-ids";
import type { BucketInfo, ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount, RdsInstanceDetail } from "@/lib/rds/rds-account";
import type { ServerIdentity, SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import type { Clients, Ctx } from "../../context";
import { only } from "../../open-test-ctx";
import { probeDraft } from "../run-probes";

const clients: Partial<Clients> = {};
const connections = [
  {
    id: "src",
    kind: "sql_server",
    config: {
      host: "h",
      port: null,
      instanceName: null,
      user: "mig",
      encrypt: "on",
      trustServerCertificate: true,
    },
  },
  {
    id: "cloud",
    kind: "cloud_account",
    config: {
      regionId: "cn-hangzhou",
      accessKeyId: "a",
      rdsEndpoint: null,
      ramEndpoint: null,
      ossEndpoint: null,
    },
  },
];
/** Probes read two things of the store: connections, and how many imports there were today. */
const ctx = {
  now: () => new Date("2026-05-04T10:00:00.000Z"),
  clients,
  db: {
    connection: {
      findUnique: async ({ where }: { where: { id: string } }) =>
        connections.map((row) => ({ ...row, archivedAt: null })).find((row) => row.id === where.id) ?? null,
    },
    importAttempt: { count: async () => importsToday },
  },
} as unknown as Ctx;
let importsToday = 0;
let localFolder: string;

beforeAll(async () => {
  localFolder = await mkdtemp(path.join(tmpdir(), "chainferry-folder-"));
});
afterAll(() => rm(localFolder, { recursive: true }));

const draftOf = (change: Partial<MigrationDraft> = {}): MigrationDraft => ({
  ...EMPTY_DRAFT,
  sourceConnectionId: "src",
  sourceDatabase: "Shop",
  sourceFolder: "D:\\Backup\\",
  localFolder,
  cloudConnectionId: "cloud",
  bucket: "staging",
  prefix: "shop/",
  instanceId: "rm-1",
  targetDatabase: "shop",
  ...change,
});

const IDENTITY = {
  productVersion: "15.0.4430.1",
  productLevel: "RTM",
  edition: "Standard Edition (64-bit)",
  serverName: "PROD-01",
  versionText: "Microsoft SQL Server 2019",
} as ServerIdentity;
const DATABASE: SourceDatabase = {
  name: "Shop",
  state: "ONLINE",
  recoveryModel: "FULL",
  userAccess: "MULTI_USER",
  readOnly: false,
  compatibilityLevel: 150,
  collation: null,
  encrypted: false,
  dataBytes: 40 * 2 ** 30,
  logBytes: 2 ** 30,
  internalVersion: 904,
  lastLogBackupLsn: null,
};
const BUCKET: BucketInfo = {
  name: "staging",
  regionId: "cn-hangzhou",
  storageClass: "Standard",
  encryption: "None",
  acl: "private",
  extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
  intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
};
const INSTANCE: RdsInstanceDetail = {
  instanceId: "rm-1",
  description: "",
  status: "Running",
  engine: "SQLServer",
  engineVersion: "2022_std_ha",
  category: "HighAvailability",
  regionId: "cn-hangzhou",
  lockMode: "Unlock",
  storageBytes: 200 * 2 ** 30,
  maxDatabases: 50,
  collation: null,
  timeZone: null,
};

interface Answers {
  identity?: Partial<ServerIdentity>;
  database?: Partial<SourceDatabase> | null;
  bucket?: Partial<BucketInfo>;
  instance?: Partial<RdsInstanceDetail>;
  usedBytes?: number;
  databases?: string[];
  role?: "authorized" | "missing" | "unknown";
  readHeaders?: () => Promise<never[]>;
}

function answer(answers: Answers = {}): void {
  const source = only<SourceServer>({
    identify: async () => ({ ...IDENTITY, ...answers.identity }),
    findDatabase: async () => (answers.database === null ? null : { ...DATABASE, ...answers.database }),
    listBackups: async () => [],
    readHeaders: answers.readHeaders ?? (() => Promise.reject(failure("sql_server", "3242"))),
  });
  const objects = only<ObjectStore>({ bucketInfo: async () => ({ ...BUCKET, ...answers.bucket }) });
  const rds = only<RdsAccount>({
    getInstance: async () => ({ ...INSTANCE, ...answers.instance }),
    getUsage: async () => ({ diskUsedBytes: answers.usedBytes ?? 0, dataBytes: null, logBytes: null }),
    listDatabases: async () =>
      (answers.databases ?? []).map((name) => ({ name, status: "Running", collation: null })),
    checkImportRole: async () => ({ state: answers.role ?? "authorized", detail: "checked" }),
  });
  clients.source = async () => source;
  clients.objects = async () => objects;
  clients.rds = async () => rds;
}

function failure(
  system: "sql_server" | "oss" | "rds",
  providerCode: string,
  kind: ExternalErrorKind = "invalid",
): ExternalError {
  const providerMessage = `answer ${providerCode}`;
  return new ExternalError({
    system,
    kind,
    providerCode,
    providerMessage,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

async function verdicts(draft: Partial<MigrationDraft> = {}): Promise<Record<string, string>> {
  const probes = await probeDraft({
    ctx,
    draft: draftOf(draft),
    steps: ["source", "backup", "import"],
  });
  expect(ProbeListView.parse({ probes })).toEqual({ probes });
  return Object.fromEntries(probes.map((probe) => [probe.id, probe.verdict]));
}

describe("probes", () => {
  beforeEach(() => answer());

  test("everything in order passes; each step asks its own", async () => {
    const all = await verdicts();
    expect(Object.keys(all).sort()).toEqual(Object.values(PROBE_IDS).flat().sort());
    expect(new Set(Object.values(all))).toEqual(new Set(["pass"]));
    const probes = await probeDraft({ ctx, draft: draftOf(), steps: ["backup"] });
    expect(probes.map((probe) => probe.id)).toEqual(PROBE_IDS.backup);
  });

  test.each<[string, Answers, string, string]>([
    ["SQL Server 2000", { identity: { productVersion: "8.0.2039" } }, "source.version", "block"],
    ["offline", { database: { state: "OFFLINE" } }, "source.state", "block"],
    ["single user", { database: { userAccess: "SINGLE_USER" } }, "source.state", "warn"],
    ["simple recovery", { database: { recoveryModel: "SIMPLE" } }, "source.recovery_model", "block"],
    ["bulk logged", { database: { recoveryModel: "BULK_LOGGED" } }, "source.recovery_model", "warn"],
    ["no such database", { database: null }, "source.state", "block"],
    ["no such database", { database: null }, "source.recovery_model", "unknown"],
    ["a far bucket", { bucket: { regionId: "cn-beijing" } }, "bucket.region", "block"],
    ["a cold bucket", { bucket: { storageClass: "IA" } }, "bucket.storage_class", "block"],
    ["an encrypted bucket", { bucket: { encryption: "KMS" } }, "bucket.encryption", "block"],
    ["a stopped instance", { instance: { status: "Stopped" } }, "instance.running", "block"],
    ["a locked instance", { instance: { lockMode: "LockByDiskQuota" } }, "instance.running", "block"],
    ["an older instance", { instance: { engineVersion: "2017_std_ha" } }, "instance.version", "block"],
    [
      "an instance of the same version",
      { instance: { engineVersion: "2019_ent" } },
      "instance.version",
      "pass",
    ],
    ["a version not known", { instance: { engineVersion: "2031_x" } }, "instance.version", "unknown"],
    ["a full disk", { usedBytes: 170 * 2 ** 30 }, "instance.space", "block"],
    ["a nearly full disk", { usedBytes: 155 * 2 ** 30 }, "instance.space", "warn"],
    ["a size not known", { database: { dataBytes: null } }, "instance.space", "unknown"],
    ["a taken name", { databases: ["SHOP"] }, "instance.name_free", "block"],
    [
      "no room for a database",
      { databases: ["a"], instance: { maxDatabases: 1 } },
      "instance.database_count",
      "block",
    ],
    ["a missing role", { role: "missing" }, "role.import", "block"],
    ["a role we may not ask for", { role: "unknown" }, "role.import", "unknown"],
  ])("%s", async (_name, answers, id, verdict) => {
    answer(answers);
    expect((await verdicts())[id]).toBe(verdict);
  });

  test.each([
    [16, "pass"],
    [17, "warn"],
    [20, "block"],
  ])("after %i imports today", async (count, verdict) => {
    importsToday = count;
    expect((await verdicts())["budget.imports"]).toBe(verdict);
    importsToday = 0;
  });

  test("immediate access needs no log, so any recovery model will do", async () => {
    answer({ database: { recoveryModel: "SIMPLE" } });
    expect((await verdicts({ method: "immediate" }))["source.recovery_model"]).toBe("pass");
  });

  test("what was not chosen yet is not probed", async () => {
    expect(await verdicts({ ...EMPTY_DRAFT })).toEqual({});
  });

  test("systems that cannot be reached make findings, never a failed request", async () => {
    clients.source = () => Promise.reject(failure("sql_server", "ECONNREFUSED", "unavailable"));
    clients.objects = () => Promise.reject(failure("oss", "SignatureDoesNotMatch", "auth"));
    clients.rds = () => Promise.reject(failure("rds", "Forbidden.RAM", "forbidden"));
    const draft = draftOf();
    const probes = await probeDraft({ ctx, draft, steps: ["source", "backup", "import"] });
    const seen = Object.fromEntries(
      probes.map(({ id, verdict, failure }) => [id, [verdict, failure?.reason]]),
    );
    expect(seen).toMatchObject({
      "source.reachable": ["block", "sql_port_refused"],
      "source.state": ["unknown", "sql_port_refused"],
      "folder.mapping": ["unknown", "sql_port_refused"],
      "bucket.reachable": ["block", "oss_signature"],
      "bucket.region": ["unknown", "oss_signature"],
      "instance.running": ["block", "rds_forbidden"],
      "role.import": ["unknown", "rds_forbidden"],
      "budget.imports": ["pass", undefined],
    });
    expect(await readdir(localFolder)).toEqual([]);
  });

  test("a bug is not a finding", async () => {
    clients.rds = () => Promise.reject(new TypeError("bug"));
    await expect(verdicts()).rejects.toThrow(TypeError);
  });

  test.each<[string, () => Promise<never[]>, string, string]>([
    [
      "it opened the file and found no backup",
      () => Promise.reject(failure("sql_server", "3241")),
      "pass",
      "ok",
    ],
    [
      "it found no such file",
      () => Promise.reject(failure("sql_server", "3201", "not_found")),
      "block",
      "not_seen",
    ],
    [
      "it may not read it",
      () => Promise.reject(failure("sql_server", "3201", "forbidden")),
      "block",
      "denied",
    ],
  ])("the folder, as SQL Server sees it: %s", async (_name, readHeaders, verdict, cause) => {
    answer({ readHeaders });
    const [probe] = await probeDraft({ ctx, draft: draftOf(), steps: ["backup"] });
    expect(probe).toMatchObject({ id: "folder.mapping", verdict, params: { cause } });
    expect(await readdir(localFolder)).toEqual([]);
  });

  test("a folder that this process does not have", async () => {
    const draft = draftOf({ localFolder: path.join(localFolder, "none") });
    const [probe] = await probeDraft({ ctx, draft, steps: ["backup"] });
    expect(probe).toMatchObject({ verdict: "block", params: { cause: "missing" }, answer: "ENOENT" });
  });
});
