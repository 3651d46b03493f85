import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Clients, Ctx } from "@/lib/context/context";
import { only } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type MigrationDraft, ProbeListView } from "@/lib/contracts/migration";
import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { PROBE_IDS } from "@/lib/diagnosis/probe-ids";
import type { ServerIdentity, SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import { probeDraft } from "../run-probes";
import { type CloudAnswers, healthyCloud } from "./cloud-answers-fixture";
import { healthyFacts } from "./source-facts-fixture";

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
  actor: { kind: "person", id: "a", name: "a", role: "administrator" },
  now: () => new Date("2026-05-04T10:00:00.000Z"),
  clients,
  db: {
    connection: {
      findUnique: async ({ where }: { where: { id: string } }) =>
        connections.map((row) => ({ ...row, archivedAt: null })).find((row) => row.id === where.id) ?? null,
    },
    $queryRaw: async () => [{ ofSubject: 0, ofInstance: 0, targets: [] }],
    migration: { findMany: async () => [] },
  },
} as unknown as Ctx;
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
  edition: "Enterprise Edition (64-bit)",
  engineEdition: 3,
  serverName: "PROD-01",
  versionText: "Microsoft SQL Server 2019",
  utcOffsetMinutes: 0,
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
interface Answers {
  identity?: Partial<ServerIdentity>;
  database?: Partial<SourceDatabase> | null;
  instance?: CloudAnswers["instance"];
  readHeaders?: () => Promise<never[]>;
}

function answer(answers: Answers = {}): void {
  const source = only<SourceServer>({
    // Not allowed to make folders: what it reads of ours must do.
    facts: healthyFacts(ctx.now, {
      createFolder: () => Promise.reject(failure("sql_server", "229", "forbidden")),
    }),
    identify: async () => ({ ...IDENTITY, ...answers.identity }),
    findDatabase: async () => (answers.database === null ? null : { ...DATABASE, ...answers.database }),
    listBackups: async () => [],
    readHeaders: answers.readHeaders ?? (() => Promise.reject(failure("sql_server", "3242"))),
  });
  const { objects, rds } = healthyCloud({ instance: answers.instance ?? {} });
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
    const applies = (id: string) => id !== "instance.edition" && id !== "import.file_size";
    expect(Object.keys(all).sort()).toEqual(Object.values(PROBE_IDS).flat().filter(applies).sort());
    // RDS has no call that lists its files.
    expect(all).toMatchObject({ "instance.leftover_files": "unknown" });
    delete all["instance.leftover_files"];
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
    ["an older instance", { instance: { engineVersion: "2017_std_ha" } }, "instance.version", "block"],
    ["a size not known", { database: { dataBytes: null } }, "instance.space", "unknown"],
  ])("%s", async (_name, answers, id, verdict) => {
    answer(answers);
    expect((await verdicts())[id]).toBe(verdict);
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
