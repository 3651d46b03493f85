import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Clients, Ctx } from "@/lib/context/context";
import { only } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft, ProbeView } from "@/lib/contracts/migration";
import { PROBE_IDS, type ProbeId } from "@/lib/diagnosis/probe-ids";
import type { RdsAccount, RdsInstanceDetail } from "@/lib/rds/rds-account";
import { connectSourceServer } from "@/lib/sqlserver/connect-source-server";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { BackupRecord, DatabaseState } from "@/sandbox/sqlserver/model/server-state";
import type { DatabaseTraits, ServerTraits } from "@/sandbox/sqlserver/model/traits";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { probeDraft } from "../run-probes";

/** Every row of the preflight about the source, seen red and green on the sandbox's SQL Server. */
const NAME = "SalesDB";
const login = { host: "127.0.0.1", user: "sa", password: "Sandbox-1", trustServerCertificate: true };
let folder: string;
let server: RunningSqlServer;
let source: SourceServer;
let engineVersion = "2019_std_ha";
let calm: Pick<
  DatabaseState,
  "state" | "recoveryModel" | "userAccess" | "readOnly" | "logChain" | "lastGoodCheckMs"
>;
let history: BackupRecord[];

const clients: Partial<Clients> = {
  source: async () => source,
  rds: async () =>
    only<RdsAccount>({
      getInstance: async () => ({ engineVersion }) as Partial<RdsInstanceDetail> as RdsInstanceDetail,
    }),
};
const ctx = {
  actor: { kind: "person", id: "a", name: "a", role: "administrator" },
  now: () => new Date(),
  clients,
  db: {
    connection: {
      findUnique: async ({ where }: { where: { id: string } }) =>
        where.id === "src"
          ? { id: "src", kind: "sql_server", archivedAt: null, config: settings() }
          : { id: "cloud", kind: "cloud_account", archivedAt: null, config: {} },
    },
  },
} as unknown as Ctx;

function settings() {
  return { host: "h", port: 1, instanceName: null, user: "sa", encrypt: "off", trustServerCertificate: true };
}

function database(): DatabaseState {
  const found = server.model.findDatabase(NAME);
  if (!found) throw new Error(`no ${NAME}`);
  return found;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "source-probes-"));
  server = await startSqlServer({ ...login, folder, timeFactor: 600, scenario: "clean" });
  source = await connectSourceServer({ ...login, port: server.port, encrypt: "off" });
  // Days old, as a server is whose own backups were stopped for the migration.
  for (const backup of server.model.state.backups) {
    backup.startedMs -= 3 * 86_400_000;
    backup.finishedMs -= 3 * 86_400_000;
  }
  const { state, recoveryModel, userAccess, readOnly, logChain, lastGoodCheckMs } = database();
  calm = { state, recoveryModel, userAccess, readOnly, logChain, lastGoodCheckMs };
  history = [...server.model.state.backups];
});
afterEach(() => {
  Object.assign(database(), calm, { traits: {}, isEncrypted: false, isCaptured: false });
  server.model.state.traits = {};
  server.model.state.backups = [...history];
  engineVersion = "2019_std_ha";
});
afterAll(async () => {
  await source.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const DRAFT: MigrationDraft = {
  ...EMPTY_DRAFT,
  backupBy: "app",
  sourceConnectionId: "src",
  sourceDatabase: NAME,
  cloudConnectionId: "cloud",
  instanceId: "rm-1",
};

async function probesOf(
  change: Partial<MigrationDraft> = {},
  steps: "source" | "backup" = "source",
  wanted: ProbeId | null = null,
) {
  const draft = {
    ...DRAFT,
    sourceFolder: server.backupFolder,
    localFolder: server.localFolder,
    ...change,
  };
  const one = wanted === null ? {} : { only: ({ id }: { id: ProbeId }) => id === wanted };
  const views = await probeDraft({ ctx, draft, steps: [steps], ...one });
  return new Map<string, ProbeView>(views.map((view) => [view.id, view]));
}

type Red = () => void;
const traits =
  (change: DatabaseTraits): Red =>
  () => {
    database().traits = change;
  };
const onServer =
  (change: ServerTraits): Red =>
  () => {
    server.model.state.traits = change;
  };
const state =
  (change: Partial<DatabaseState>): Red =>
  () => {
    Object.assign(database(), change);
  };
const took =
  (change: Partial<BackupRecord>): Red =>
  () => {
    const [sample] = history.filter((backup) => backup.database === NAME);
    if (!sample) throw new Error("no history");
    const now = server.model.clock.now();
    server.model.state.backups.push({
      ...sample,
      backupSetId: 9_000,
      mediaSetId: 9_000,
      name: "Veeam",
      userName: "CORP\\veeam",
      startedMs: now - 3_700_000,
      finishedMs: now - 3_600_000,
      ...change,
    });
  };

const others = { backupBy: "others" } as const;
const ROWS: [string, ProbeId, ProbeView["verdict"], Red, Partial<MigrationDraft>?][] = [
  ["a server that is too old", "source.version", "block", onServer({ productVersion: "8.00.2039" })],
  ["Azure SQL Database", "source.service", "block", onServer({ engineEdition: 5 })],
  ["Azure SQL Managed Instance", "source.service", "block", onServer({ engineEdition: 8 })],
  ["a clock a quarter of an hour ahead", "source.clock", "warn", onServer({ clockOffsetSeconds: 900 })],
  ["an offline database", "source.state", "block", state({ state: "OFFLINE" })],
  ["a suspect database", "source.state", "block", traits({ isSuspect: true })],
  ["a database in the middle of a restore", "source.state", "block", state({ state: "RESTORING" })],
  ["single user", "source.state", "warn", state({ userAccess: "RESTRICTED_USER" })],
  ["a read-only database", "source.writable", "warn", state({ readOnly: true })],
  ["a database in standby", "source.writable", "block", traits({ inStandby: true })],
  ["a snapshot", "source.writable", "block", traits({ snapshotOf: "HRDB" })],
  ["a file over 3 TB even when compressed", "source.size", "block", traits({ dataBytes: 15 * 2 ** 40 })],
  ["a file over 3 TB unless compressed", "source.size", "warn", traits({ dataBytes: 6 * 2 ** 40 })],
  ["pages without checksums", "source.page_verify", "warn", traits({ pageVerify: "NONE" })],
  ["a log held by replication", "source.log_reuse", "warn", traits({ logReuseWait: "REPLICATION" })],
  ["simple recovery", "source.recovery_model", "block", state({ recoveryModel: "SIMPLE", logChain: null })],
  ["bulk logged", "source.recovery_model", "warn", state({ recoveryModel: "BULK_LOGGED" })],
  ["full in name only, others back up", "source.log_chain", "block", state({ logChain: null }), others],
  [
    "no full backup, others back up",
    "source.full_backup",
    "warn",
    () => {
      server.model.state.backups = [];
    },
    others,
  ],
  ["more log than rounds carry", "source.log_rate", "warn", traits({ logBytesPerMinute: 80 * 2 ** 20 })],
  ["never checked", "source.checkdb", "warn", state({ lastGoodCheckMs: null })],
  ["checked a month ago", "source.checkdb", "warn", state({ lastGoodCheckMs: Date.now() - 30 * 86_400_000 })],
  [
    "an Agent job that backs up logs",
    "source.backup_jobs",
    "warn",
    onServer({
      jobs: [{ name: "Nightly's", command: `BACKUP LOG [${NAME}] TO DISK = N'x'`, database: "master" }],
    }),
  ],
  ["a log backup of others an hour ago", "source.foreign_backups", "warn", took({ type: "L" })],
  [
    "a snapshot backup of other software",
    "source.foreign_backups",
    "warn",
    took({ type: "D", deviceType: 7, isSnapshot: true, softwareName: "Veeam" }),
  ],
  [
    "a backup that runs now",
    "source.backup_running",
    "warn",
    traits({ running: { command: "BACKUP DATABASE", login: "CORP\\veeam", program: "Veeam", percent: 12 } }),
  ],
  ["encrypted backups of others", "source.backup_encryption", "block", took({ isEncrypted: true }), others],
  [
    "change data capture on Web",
    "source.edition_features",
    "block",
    () => {
      database().isCaptured = true;
      engineVersion = "2019_web";
    },
  ],
  [
    "partitioning on 2014 Standard",
    "source.edition_features",
    "block",
    () => {
      database().traits = { editionFeatures: ["Partitioning"] };
      engineVersion = "2014_std_ha";
    },
  ],
  [
    "a feature that no rule names",
    "source.edition_features",
    "unknown",
    traits({ editionFeatures: ["Newer"] }),
  ],
  ["transparent data encryption", "source.tde", "block", state({ isEncrypted: true })],
  ["FILESTREAM", "source.filestream", "warn", traits({ filestream: true, fileTables: 1 })],
  ["memory-optimized tables", "source.memory_optimized", "warn", traits({ memoryOptimized: true })],
  ["change data capture", "source.cdc", "warn", state({ isCaptured: true })],
  ["a published database", "source.replication", "warn", traits({ published: true })],
  ["a distribution database", "source.replication", "block", traits({ distributor: true })],
  ["a secondary replica", "source.availability", "block", traits({ availabilityRole: "SECONDARY" })],
  ["a primary replica", "source.availability", "warn", traits({ availabilityRole: "PRIMARY" })],
  ["a mirror", "source.mirroring", "block", traits({ mirroringRole: "MIRROR" })],
  ["a mirrored principal", "source.mirroring", "warn", traits({ mirroringRole: "PRINCIPAL" })],
  ["no right to back up", "right.backup", "block", onServer({ denied: ["BACKUP LOG"] })],
  ["no VIEW SERVER STATE", "right.server_state", "warn", onServer({ denied: ["VIEW SERVER STATE"] })],
  ["no VIEW ANY DEFINITION", "right.definitions", "warn", onServer({ denied: ["VIEW ANY DEFINITION"] })],
  ["no right on msdb", "right.msdb", "warn", onServer({ denied: ["SELECT backupset"] })],
  ["no CREATE ANY DATABASE", "right.restore_headers", "warn", onServer({ denied: ["CREATE ANY DATABASE"] })],
  ["no ALTER", "right.alter", "warn", onServer({ denied: ["ALTER"] })],
  ["no db_owner", "right.checkdb", "warn", onServer({ denied: ["CONTROL"] })],
];

describe("each row turns from red to green", () => {
  test.each(ROWS)("%s: %s", async (_name, id, verdict, makeRed, draft = {}) => {
    const before = (await probesOf(draft, "source", id)).get(id);
    expect(before?.verdict, before?.answer).toBe("pass");
    makeRed();
    const red = (await probesOf(draft, "source", id)).get(id);
    expect(red?.verdict, red?.answer).toBe(verdict);
    expect(red?.asked).not.toBe("");
    expect(red?.answer).not.toBe("");
    expect(red?.gist).not.toBe(before?.gist);
  });

  test("a server that does not answer", async () => {
    expect((await probesOf()).get("source.reachable")?.verdict).toBe("pass");
    const away = await connectSourceServer({ ...login, port: server.port, encrypt: "off" });
    await away.close();
    const here = source;
    source = away;
    const red = await probesOf();
    source = here;
    expect(red.get("source.reachable")?.verdict).toBe("block");
    expect(red.get("source.tde")).toMatchObject({ verdict: "unknown" });
  });

  test("every row about the source is in the table", () => {
    const covered = new Set<string>([...ROWS.map(([, id]) => id), "source.reachable"]);
    expect(PROBE_IDS.source.filter((id) => !covered.has(id))).toEqual([]);
  });
});

describe("where backups are written", () => {
  test.each<[string, ProbeId, ProbeView["verdict"], () => void, Partial<MigrationDraft>?]>([
    ["little room on SQL Server's drive", "folder.space", "block", onServer({ freeMegabytes: { D: 10 } })],
    [
      "Web edition",
      "backup.compression",
      "warn",
      onServer({ edition: "Web Edition (64-bit)", engineEdition: 2 }),
    ],
    ["a folder of another machine", "folder.mapping", "block", () => undefined, { localFolder: tmpdir() }],
    [
      "a path that SQL Server has not",
      "folder.mapping",
      "block",
      () => undefined,
      { sourceFolder: "Q:\\x\\" },
    ],
    [
      "a path that no backup fits under",
      "folder.mapping",
      "block",
      () => undefined,
      { sourceFolder: `D:\\Backup\\${"x".repeat(230)}\\` },
    ],
    ["a folder that is not here", "folder.mapping", "block", () => undefined, { localFolder: "/nowhere" }],
  ])("%s: %s", async (_name, id, verdict, makeRed, draft = {}) => {
    expect((await probesOf({}, "backup", id)).get(id)?.verdict).toBe("pass");
    makeRed();
    const red = (await probesOf(draft, "backup", id)).get(id);
    expect(red?.verdict, red?.answer).toBe(verdict);
  });

  test("without the right to make folders the other way must do", async () => {
    onServer({ denied: ["EXECUTE xp_create_subdir"] })();
    const probe = (await probesOf({}, "backup", "folder.mapping")).get("folder.mapping");
    expect(probe).toMatchObject({ verdict: "pass", params: { cause: "ok" } });
    expect(probe?.answer).toContain("229");
  });
});

test("scripts name databases and jobs safely", async () => {
  onServer({
    jobs: [{ name: "Nightly's", command: `BACKUP LOG [${NAME}] TO DISK = N'x'`, database: "master" }],
  })();
  const jobs = (await probesOf()).get("source.backup_jobs");
  expect(jobs?.script).toBe("EXEC msdb.dbo.sp_update_job @job_name = N'Nightly''s', @enabled = 0;");
});

test("what the server hides is unknown, with the reason, and never blocks", async () => {
  onServer({ denied: ["VIEW SERVER STATE", "SELECT backupset"] })();
  const probes = await probesOf();
  for (const id of ["source.tde", "source.backup_running", "source.foreign_backups"]) {
    expect(probes.get(id)).toMatchObject({ verdict: "unknown" });
    expect(probes.get(id)?.failure?.providerCode).toMatch(/^(229|300)$/);
  }
});
