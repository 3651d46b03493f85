import { describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { only } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { ServerIdentity, SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import { probeDraft } from "../run-probes";
import { healthyFacts } from "./source-facts-fixture";

const NAMES = ["a]b'c;--", "销售 数据库", `${"x".repeat(127)}]`, "[dbo].[t]"];
const now = () => new Date("2026-05-04T10:00:00.000Z");

/** A source where every script is offered: all kinds of trouble at once. */
function troubled(name: string): SourceServer {
  const healthy = healthyFacts(now);
  return only<SourceServer>({
    identify: async () =>
      ({
        productVersion: "15.0.4430.1",
        edition: "Standard Edition",
        versionText: "",
        utcOffsetMinutes: 0,
      }) as ServerIdentity,
    findDatabase: async () =>
      ({ name, state: "OFFLINE", recoveryModel: "SIMPLE", userAccess: "MULTI_USER" }) as SourceDatabase,
    listBackups: async () => [],
    facts: {
      ...healthy,
      database: async () => {
        const facts = await healthy.database(name);
        if (!facts) throw new Error("no facts");
        return {
          ...facts,
          name,
          pageVerify: "NONE",
          readOnly: true,
          changeDataCapture: true,
          lastLogBackupLsn: null,
        };
      },
      encryption: async () => ({
        state: 3,
        percent: 0,
        algorithm: "AES",
        certificate: name,
        thumbprint: null,
      }),
      lastCheck: async () => null,
      backupJobs: async () => [
        {
          job: name,
          step: "s",
          database: null,
          command: `BACKUP LOG [${name.replaceAll("]", "]]")}] TO DISK = N'x'`,
        },
        { job: "other", step: "s", database: "master", command: "BACKUP LOG [other]]one] TO DISK = N'x'" },
      ],
      rights: async () => ({ ...(await healthy.rights(name)), login: name, backupLog: false }),
    },
  });
}

const ctx = (source: SourceServer) =>
  ({
    now,
    clients: { source: async () => source },
    db: {
      connection: {
        findUnique: async () => ({ id: "src", kind: "sql_server", archivedAt: null, config: SETTINGS }),
      },
    },
  }) as unknown as Ctx;
const SETTINGS = {
  host: "h",
  port: 1,
  instanceName: null,
  user: "u",
  encrypt: "on",
  trustServerCertificate: true,
};

/** What is left of T-SQL when identifiers, texts and comments are taken out. */
function bare(script: string): string {
  return script
    .replace(/N'(?:[^']|'')*'/g, "TEXT")
    .replace(/\[(?:[^\]]|\]\])*\]/g, "NAME")
    .replace(/--.*$/gm, "");
}

describe.each(NAMES)("a database called %s", (name) => {
  test.each(["app", "others"] as const)("is quoted in every script, backups by %s", async (backupBy) => {
    const draft = { ...EMPTY_DRAFT, backupBy, sourceConnectionId: "src", sourceDatabase: name };
    const probes = await probeDraft({ ctx: ctx(troubled(name)), draft, steps: ["source"] });
    const scripts = probes.flatMap(({ script }) => script ?? []);
    expect(scripts.length).toBeGreaterThan(8);
    for (const script of scripts) {
      expect(bare(script)).not.toMatch(/[[\]']/);
      expect(bare(script)).not.toContain(name);
    }
    const jobs = probes.find(({ id }) => id === "source.backup_jobs");
    expect(jobs?.params).toMatchObject({ count: 1, jobs: name });
  });
});
