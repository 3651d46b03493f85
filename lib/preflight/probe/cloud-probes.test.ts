import { beforeEach, describe, expect, test } from "vitest";
import type { Clients, Ctx } from "@/lib/context/context";
import { only } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type MigrationDraft, ProbeListView, type ProbeView } from "@/lib/contracts/migration";
import { PROBE_IDS } from "@/lib/diagnosis/probe-ids";
import type { LifecycleRule } from "@/lib/oss/lifecycle-rule";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { ServerIdentity, SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import { probeDraft } from "../run-probes";
import {
  BUCKET,
  CLOUD_NOW,
  type CloudAnswers,
  cloudFailure,
  healthyCloud,
  importTask,
} from "./cloud-answers-fixture";

const GB = 2 ** 30;
const R2 = { engineVersion: "08r2_ent_ha" };
const LOCAL = { storageType: "local_ssd" };
const connections = [
  { id: "src", kind: "sql_server", config: {} },
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
let importsToday = 0;
const clients: Partial<Clients> = {};
const ctx = {
  now: () => new Date(CLOUD_NOW),
  clients,
  db: {
    connection: {
      findUnique: async ({ where }: { where: { id: string } }) =>
        connections.map((row) => ({ ...row, archivedAt: null })).find((row) => row.id === where.id) ?? null,
    },
    $queryRaw: async () => [{ ofSubject: importsToday, ofInstance: importsToday, targets: [] }],
    migration: { findMany: async () => [] },
  },
} as unknown as Ctx;

let stored: ReadonlyMap<string, Uint8Array> = new Map();

function play(change: Partial<CloudAnswers> = {}, dataBytes: number | null = 40 * GB): void {
  const cloud = healthyCloud(change);
  stored = cloud.stored;
  const source = only<SourceServer>({
    identify: async () => ({ productVersion: "15.0.4430.1" }) as ServerIdentity,
    findDatabase: async () => ({ name: "Shop", dataBytes, logBytes: GB }) as SourceDatabase,
  });
  clients.source = async () => source;
  clients.objects = async () => cloud.objects;
  clients.rds = async () => cloud.rds;
}

const draftOf = (change: Partial<MigrationDraft> = {}): MigrationDraft => ({
  ...EMPTY_DRAFT,
  sourceConnectionId: "src",
  sourceDatabase: "Shop",
  cloudConnectionId: "cloud",
  bucket: "staging",
  prefix: "shop/",
  instanceId: "rm-1",
  targetDatabase: "shop",
  firstObjectKey: "shop/full.bak",
  ...change,
});

async function look(change: Partial<MigrationDraft> = {}): Promise<Record<string, ProbeView>> {
  const probes = await probeDraft({ ctx, draft: draftOf(change), steps: ["backup", "import"] });
  expect(ProbeListView.parse({ probes })).toEqual({ probes });
  return Object.fromEntries(probes.map((probe) => [probe.id, probe]));
}

const SLOW_RULE: LifecycleRule = { prefix: "shop/", enabled: true, effect: "deletes", days: 3 };
const WRONG_ENDPOINT = cloudFailure(
  "AccessDenied",
  "forbidden",
  "The bucket you are attempting to access must be addressed using the specified endpoint.",
);

const NOT_PUBLIC = cloudFailure("PublicEndpointForbidden", "forbidden");
const INTERNAL = "oss-cn-hangzhou-internal.aliyuncs.com";

test.each([
  ["my shop", "signs"],
  ["shop.2026", "signs"],
  ["销售", "letters"],
  ["2026shop", "digit"],
])("a name of which nothing is documented is told, not blocked: %s", async (targetDatabase, cause) => {
  play();
  const { "instance.name_free": found } = await look({ targetDatabase });
  expect(found).toMatchObject({ verdict: "warn", params: { cause } });
});

describe("a public endpoint that OSS refuses to new accounts", () => {
  const fails = { headObject: NOT_PUBLIC, putObject: NOT_PUBLIC, readRange: NOT_PUBLIC };

  test.each<[string, Partial<CloudAnswers>, { way: string; host: string }]>([
    [
      "the internal one, where this is Alibaba Cloud",
      { otherWays: [INTERNAL] },
      { way: "internal", host: INTERNAL },
    ],
    [
      "a custom domain that works",
      { domains: ["old.example.com", "oss.example.com"], otherWays: ["oss.example.com"] },
      { way: "domain", host: "oss.example.com" },
    ],
    [
      "acceleration",
      { otherWays: ["oss-accelerate.aliyuncs.com"] },
      { way: "accelerate", host: "oss-accelerate.aliyuncs.com" },
    ],
    ["nothing", { domains: ["old.example.com"] }, { way: "none", host: "" }],
  ])("what fits is tried and named: %s", async (_, change, expected) => {
    play({ fails, ...change });
    const { "bucket.endpoint": found } = await look();
    expect(found).toMatchObject({ verdict: "block", params: expected });
  });

  test("the account's rights are not its matter", async () => {
    play({ fails: { headObject: cloudFailure("AccessDenied", "forbidden") } });
    expect((await look())["bucket.endpoint"]?.verdict).toBe("pass");
    play({ fails: { headObject: cloudFailure("ECONNRESET", "unavailable") } });
    expect((await look())["bucket.endpoint"]?.verdict).toBe("unknown");
  });
});

describe("cloud probes", () => {
  beforeEach(() => {
    importsToday = 0;
    play();
  });

  test("everything in order passes, but for what RDS does not tell", async () => {
    const all = await look();
    const own = [...PROBE_IDS.backup, ...PROBE_IDS.import].filter((id) => !/^(folder|backup)\./.test(id));
    expect(own.filter((id) => !(id in all))).toEqual(["instance.edition"]);
    const others = Object.values(all).filter((probe) => probe.verdict !== "pass");
    expect(others.map((probe) => [probe.id, probe.verdict])).toEqual([
      ["instance.leftover_files", "unknown"],
    ]);
    expect(stored.size, "the probe's own object is gone").toBe(0);
  });

  test.each<[string, Partial<CloudAnswers>, string, string]>([
    ["a cold bucket", { bucket: { storageClass: "IA" } }, "bucket.storage_class", "block"],
    ["an encrypted bucket", { bucket: { encryption: "KMS" } }, "bucket.encryption", "block"],
    ["a far bucket", { bucket: { regionId: "cn-beijing" } }, "bucket.region", "block"],
    ["another account's bucket", { bucket: { ownerId: "42" } }, "bucket.account", "block"],
    ["nobody's bucket", { bucket: { ownerId: "" } }, "bucket.account", "unknown"],
    ["a rule that deletes", { rules: [SLOW_RULE] }, "bucket.lifecycle", "warn"],
    [
      "rules for others and later",
      {
        rules: [
          { ...SLOW_RULE, prefix: "logs/" },
          { ...SLOW_RULE, enabled: false },
          { ...SLOW_RULE, days: 90 },
        ],
      },
      "bucket.lifecycle",
      "pass",
    ],
    [
      "rules that we may not see",
      { fails: { listLifecycleRules: cloudFailure("AccessDenied", "forbidden") } },
      "bucket.lifecycle",
      "unknown",
    ],
    [
      "no right to write",
      { fails: { putObject: cloudFailure("AccessDenied", "forbidden") } },
      "bucket.write",
      "block",
    ],
    [
      "no right to read back",
      { fails: { readRange: cloudFailure("AccessDenied", "forbidden") } },
      "bucket.write",
      "block",
    ],
    [
      "no right to delete",
      { fails: { deleteObject: cloudFailure("AccessDenied", "forbidden") } },
      "bucket.write",
      "warn",
    ],
    [
      "OSS out of reach",
      { fails: { putObject: cloudFailure("ECONNRESET", "unavailable") } },
      "bucket.write",
      "unknown",
    ],
    ["a stopped instance", { instance: { status: "Stopped" } }, "instance.running", "block"],
    ["a locked instance", { instance: { lockMode: "LockByDiskQuota" } }, "instance.running", "block"],
    ["an older instance", { instance: { engineVersion: "2017_std_ha" } }, "instance.version", "block"],
    ["one of the same version", { instance: { engineVersion: "2019_ent" } }, "instance.version", "pass"],
    ["an instance of today", {}, "instance.generation", "pass"],
    ["local disks, later", { instance: { ...LOCAL } }, "instance.generation", "pass"],
    ["2008 R2, local disks", { instance: { ...R2, ...LOCAL } }, "instance.generation", "block"],
    ["2008 R2 as it began", { instance: { engineVersion: "2008r2" } }, "instance.generation", "block"],
    ["2008 R2, cloud disks", { instance: R2 }, "instance.generation", "warn"],
    ["2008 R2, disks not told", { instance: { ...R2, storageType: null } }, "instance.generation", "warn"],
    ["a version not known", { instance: { engineVersion: "latest" } }, "instance.version", "unknown"],
    [
      "an edition that lists no files",
      { fails: { listFiles: cloudFailure("UnsupportedOperation", "invalid") } },
      "instance.file_list",
      "warn",
    ],
    [
      "no task of that id",
      { fails: { listFiles: cloudFailure("InvalidMigrateTask", "not_found") } },
      "instance.file_list",
      "pass",
    ],
    [
      "files that we may not ask for",
      { fails: { listFiles: cloudFailure("Forbidden.RAM", "forbidden") } },
      "instance.file_list",
      "unknown",
    ],
    [
      "an edition that lists no files, of which asking was allowed",
      { fails: { listFiles: cloudFailure("UnsupportedOperation", "invalid") } },
      "role.rights",
      "pass",
    ],
    ["a full disk", { usedBytes: 170 * GB }, "instance.space", "block"],
    ["a nearly full disk", { usedBytes: 155 * GB }, "instance.space", "warn"],
    [
      "no room for a database",
      { databases: ["a"], instance: { maxDatabases: 1 } },
      "instance.database_count",
      "block",
    ],
    ["a limit that is not told", { instance: { maxDatabases: null } }, "instance.database_count", "unknown"],
    ["maintenance now", { instance: { maintainTime: "09:00Z-11:00Z" } }, "instance.window", "warn"],
    ["a backup soon", { window: "11:30Z-12:30Z" }, "instance.window", "warn"],
    ["no window told", { instance: { maintainTime: null } }, "instance.window", "unknown"],
    ["a taken name", { databases: ["SHOP"] }, "instance.name_free", "block"],
    [
      "a name that only RDS knows to be taken",
      { checkName: { isFree: false, code: "InvalidDBName.Duplicate", message: "" } },
      "instance.name_free",
      "block",
    ],
    [
      "a keyword",
      { checkName: { isFree: false, code: "InvalidDBName.Forbid", message: "" } },
      "instance.name_free",
      "block",
    ],
    [
      "a name of another shape",
      { checkName: { isFree: false, code: "InvalidDBName.Format", message: "" } },
      "instance.name_free",
      "warn",
    ],
    [
      "an import that failed",
      { tasks: [importTask({ databaseName: "SHOP", status: "failed" })] },
      "instance.leftover_files",
      "warn",
    ],
    ["a file beyond RDS's limit", { objectBytes: 201 * GB }, "import.file_size", "block"],
    ["17 imports in the console", { tasks: [importTask({})], files: 17 }, "budget.imports", "warn"],
    ["20 imports in the console", { tasks: [importTask({})], files: 20 }, "budget.imports", "block"],
    [
      "500 imports on the instance",
      { tasks: Array.from({ length: 500 }, (_, n) => importTask({ databaseName: `other${n}` })) },
      "budget.imports",
      "block",
    ],
    [
      "imports of yesterday",
      { tasks: [importTask({ databaseName: "x", createdAt: "2026-05-03T23:00:00.000Z" })] },
      "budget.imports",
      "pass",
    ],
    ["a missing role", { role: "missing" }, "role.import", "block"],
    ["a role that trusts another service", { role: "other_trust" }, "role.import", "warn"],
    ["a role we may not ask for", { role: "unknown" }, "role.import", "unknown"],
    [
      "a right that is missing",
      { fails: { listFiles: cloudFailure("Forbidden.RAM", "forbidden") } },
      "role.rights",
      "block",
    ],
    [
      "a right that cannot be told",
      { fails: { listUploads: cloudFailure("ECONNRESET", "unavailable") } },
      "role.rights",
      "unknown",
    ],
  ])("%s", async (_name, world, id, verdict) => {
    play(world);
    expect((await look())[id]?.verdict).toBe(verdict);
  });

  test.each([
    [16, "pass"],
    [17, "warn"],
    [20, "block"],
  ])("after %i imports of ours today", async (count, verdict) => {
    importsToday = count;
    expect((await look())["budget.imports"]?.verdict).toBe(verdict);
  });

  test("our own record counts when RDS does not tell", async () => {
    play({ fails: { listTasks: cloudFailure("Forbidden.RAM", "forbidden") } });
    importsToday = 20;
    expect((await look())["budget.imports"]).toMatchObject({ verdict: "block", params: { used: 20 } });
  });

  test("a bucket that answers at another region's endpoint only: the region blocks, the rest is not known", async () => {
    play({ fails: { bucketInfo: WRONG_ENDPOINT } });
    expect(await look()).toMatchObject({
      "bucket.reachable": { verdict: "pass" },
      "bucket.region": { verdict: "block", params: { bucketRegion: "cn-beijing", region: "cn-hangzhou" } },
      "bucket.storage_class": { verdict: "unknown" },
    });
  });

  test("the restore's size is known from the source, else not", async () => {
    play({}, null);
    expect((await look({ firstObjectKey: null }))["instance.space"]?.verdict).toBe("unknown");
  });

  test.each(["master", "MSDB", "rdscore"])("the name %s is never free", async (targetDatabase) => {
    expect((await look({ targetDatabase }))["instance.name_free"]).toMatchObject({
      verdict: "block",
      params: { cause: "reserved" },
    });
  });

  test("one 503 says nothing about the bucket", async () => {
    const calm = await clients.objects?.("cloud");
    let calls = 0;
    clients.objects = async () =>
      only<ObjectStore>({
        ...calm,
        bucketInfo: async () => {
          calls += 1;
          if (calls === 1) throw cloudFailure("ServiceUnavailable", "unavailable");
          return BUCKET;
        },
      });
    expect((await look())["bucket.reachable"]?.verdict).toBe("pass");
    expect(calls).toBe(2);
  });

  test("where others put the files, a bucket that we may not write to is only to know", async () => {
    play({ fails: { putObject: cloudFailure("AccessDenied", "forbidden") } });
    const all = await look({ transport: "bucket_watch" });
    expect(all["bucket.write"]?.verdict).toBe("warn");
  });

  test.each([
    ["2022_std_ha", "unknown"],
    ["2022_ent_ha", "pass"],
  ])("without a source server nobody knows what %s must open", async (engineVersion, verdict) => {
    play({ instance: { engineVersion } });
    expect(
      (await look({ sourceConnectionId: null, firstObjectKey: null }))["instance.edition"]?.verdict,
    ).toBe(verdict);
  });

  test("what is mended elsewhere comes with a page of the console, and what would be said later", async () => {
    play({ bucket: { storageClass: "IA" }, usedBytes: 199 * GB });
    const all = await look();
    expect(all["instance.space"]?.link).toContain("rm-1");
    expect(all["bucket.storage_class"]?.link).toContain("/staging/");
    for (const probe of Object.values(all)) expect(probe.prevents, probe.id).toMatch(/\w/);
  });
});
