import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { deleteDraft } from "@/lib/services/draft/delete-draft";
import { connectSourceServer } from "@/lib/sqlserver/connect-source-server";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { acceptWarning } from "./accept-warning";
import { listPreflight } from "./list-preflight";
import { runCheck } from "./run-check";
import { runPreflight } from "./run-preflight";
import { runProbes } from "./run-probes";
import { findWatchDue, watchProbes } from "./watch-probes";

const NAME = "SalesDB";
const login = { host: "127.0.0.1", user: "sa", password: "Sandbox-1", trustServerCertificate: true };
let test_: TestCtx;
let folder: string;
let server: RunningSqlServer;
let source: SourceServer;
let migrations = 0;

beforeAll(async () => {
  test_ = await openTestCtx();
  folder = mkdtempSync(path.join(tmpdir(), "preflight-"));
  server = await startSqlServer({ ...login, folder, timeFactor: 60, scenario: "clean" });
  source = await connectSourceServer({ ...login, port: server.port, encrypt: "off" });
  test_.clients.source = async () => source;
  test_.clock.at = new Date();
  await test_.ctx.db.connection.create({
    data: {
      id: "src",
      kind: "sql_server",
      name: "src",
      config: {
        host: "h",
        port: 1,
        instanceName: null,
        user: "sa",
        encrypt: "off",
        trustServerCertificate: true,
      },
      secretSealed: "",
    },
  });
}, OPENING_MS);
afterEach(() => play({}));
afterAll(async () => {
  await source.close();
  await server.stop();
  await test_.close();
  rmSync(folder, { recursive: true, force: true });
});

function play(traits: NonNullable<ReturnType<RunningSqlServer["model"]["findDatabase"]>>["traits"]): void {
  const database = server.model.findDatabase(NAME);
  if (database && traits) database.traits = traits;
}

async function make(status = "draft"): Promise<string> {
  migrations += 1;
  const id = `m${migrations}`;
  const draft = { ...EMPTY_DRAFT, backupBy: "app" as const, sourceConnectionId: "src", sourceDatabase: NAME };
  await test_.ctx.db.migration.create({
    data: { id, name: id, status, phase: status === "draft" ? "draft" : "rounds", draft, createdBy: "x" },
  });
  return id;
}

const events = async (migrationId: string) =>
  (await test_.ctx.db.migrationEvent.findMany({ where: { migrationId }, orderBy: { seq: "asc" } })).map(
    ({ type, payload, actor }) => ({ type, payload, actor }),
  );

describe("answers are kept", () => {
  test("one question is asked again without the others", async () => {
    const { ctx } = test_;
    const migrationId = await make();
    const all = await runPreflight({ ctx, input: { migrationId, probe: null } });
    expect(all.probes.length).toBeGreaterThan(25);
    expect(await listPreflight({ ctx, input: { migrationId } })).toEqual(all);
    test_.clock.at = new Date(test_.clock.at.getTime() + 5_000);
    play({ pageVerify: "NONE" });
    const again = await runPreflight({ ctx, input: { migrationId, probe: "source.page_verify" } });
    const changed = again.probes.filter((probe, i) => probe.at !== all.probes[i]?.at);
    expect(changed).toMatchObject([{ id: "source.page_verify", verdict: "warn" }]);
    await expect(runPreflight({ ctx, input: { migrationId, probe: "nonsense" } })).rejects.toMatchObject({
      fields: { reason: "probe_unknown" },
    });
  });

  test("what does not apply any more goes; a draft leaves nothing behind", async () => {
    const { ctx } = test_;
    const migrationId = await make();
    await runProbes({ ctx, input: { migrationId, step: "source" } });
    const draft = { ...EMPTY_DRAFT, sourceConnectionId: "src", sourceDatabase: null };
    await ctx.db.migration.update({ where: { id: migrationId }, data: { draft } });
    await runProbes({ ctx, input: { migrationId, step: "source" } });
    const { probes } = await listPreflight({ ctx, input: { migrationId } });
    expect(probes.map(({ id }) => id)).toEqual([
      "source.reachable",
      "source.version",
      "source.service",
      "source.clock",
    ]);
    await deleteDraft({ ctx, input: { migrationId } });
    expect(await ctx.db.migrationProbe.count({ where: { migrationId } })).toBe(0);
  });

  test("questions that share an answer ask it once", async () => {
    const asked: string[] = [];
    const facts = new Proxy(source.facts, {
      get: (target, name: string) => {
        asked.push(name);
        return Reflect.get(target, name);
      },
    });
    test_.clients.source = async () => ({ ...source, facts });
    await runPreflight({ ctx: test_.ctx, input: { migrationId: await make(), probe: null } });
    test_.clients.source = async () => source;
    expect(asked.length).toBe(new Set(asked).size);
  });
});

describe("warnings", () => {
  test("are accepted with a reason, on record, while the answer is the same", async () => {
    const ctx = test_.as("operator");
    const migrationId = await make("running");
    play({ pageVerify: "NONE" });
    const before = await runPreflight({ ctx, input: { migrationId, probe: null } });
    const warning = before.probes.find(({ id }) => id === "source.page_verify");
    const accept = { migrationId, probe: "source.page_verify", gist: warning?.gist ?? "", reason: "archive" };
    const accepted = await acceptWarning({ ctx, input: accept });
    const rowOf = (view: typeof accepted) => view.probes.find(({ id }) => id === accept.probe);
    expect(rowOf(accepted)?.accepted).toMatchObject({ reason: "archive", by: "operator" });
    expect(await events(migrationId)).toMatchObject([
      { type: "warning_accepted", payload: { probe: accept.probe, why: "archive" }, actor: "operator" },
    ]);
    const same = await runPreflight({ ctx, input: { migrationId, probe: null } });
    expect(rowOf(same)?.accepted?.reason).toBe("archive");
    play({ pageVerify: "TORN_PAGE_DETECTION" });
    const other = await runPreflight({ ctx, input: { migrationId, probe: accept.probe } });
    expect(rowOf(other)).toMatchObject({ verdict: "warn", accepted: null });
    await expect(acceptWarning({ ctx, input: accept })).rejects.toMatchObject({
      fields: { reason: "warning_changed" },
    });
  });

  test("nothing else can be accepted", async () => {
    const ctx = test_.as("operator");
    const migrationId = await make();
    play({ isSuspect: true });
    const { probes } = await runPreflight({ ctx, input: { migrationId, probe: null } });
    const block = probes.find(({ id }) => id === "source.state");
    expect(block?.verdict).toBe("block");
    const input = { migrationId, probe: "source.state", gist: block?.gist ?? "", reason: "x" };
    await expect(acceptWarning({ ctx, input })).rejects.toMatchObject({ fields: { reason: "warning_only" } });
    await expect(acceptWarning({ ctx: test_.as("viewer"), input })).rejects.toMatchObject({
      fields: { code: "forbidden" },
    });
  });
});

describe("while a migration runs", () => {
  test("cheap questions are asked once a minute, and a change is an event", async () => {
    const { ctx } = test_;
    const migrationId = await make("running");
    await runPreflight({ ctx, input: { migrationId, probe: null } });
    expect(await findWatchDue(ctx)).not.toContain(migrationId);
    test_.clock.at = new Date(test_.clock.at.getTime() + 61_000);
    expect(await findWatchDue(ctx)).toContain(migrationId);
    play({ logReuseWait: "REPLICATION", pageVerify: "NONE" });
    await watchProbes(ctx, migrationId);
    expect(await findWatchDue(ctx)).not.toContain(migrationId);
    // PAGE_VERIFY is not asked again by the watch.
    expect(await events(migrationId)).toMatchObject([
      { type: "probe_changed", payload: { probe: "source.log_reuse", before: "pass", verdict: "warn" } },
    ]);
    await watchProbes(ctx, migrationId);
    expect(await events(migrationId)).toHaveLength(1);
  });

  test("once writes are stopped nothing is watched", async () => {
    const { ctx } = test_;
    const migrationId = await make("running");
    await runPreflight({ ctx, input: { migrationId, probe: null } });
    test_.clock.at = new Date(test_.clock.at.getTime() + 61_000);
    await ctx.db.migration.update({ where: { id: migrationId }, data: { writesStoppedAt: ctx.now() } });
    expect(await findWatchDue(ctx)).not.toContain(migrationId);
  });
});

describe("DBCC CHECKDB from here", () => {
  const ended = (migrationId: string) =>
    vi.waitFor(
      async () => {
        const { checkRun, probes } = await listPreflight({ ctx: test_.ctx, input: { migrationId } });
        expect(checkRun?.state).not.toBe("running");
        return { checkRun, probes };
      },
      { timeout: 15_000, interval: 50 },
    );

  test("runs to its end, and its probe looks again", async () => {
    const { ctx } = test_;
    const migrationId = await make();
    const database = server.model.findDatabase(NAME);
    if (database) database.lastGoodCheckMs = null;
    const begun = await runCheck({ ctx, input: { migrationId, action: "start" } });
    expect(begun.checkRun).toMatchObject({ state: "running", startedBy: "administrator" });
    await expect(runCheck({ ctx, input: { migrationId, action: "start" } })).rejects.toMatchObject({
      fields: { reason: "check_already_running" },
    });
    expect((await ended(migrationId)).checkRun).toMatchObject({ state: "clean" });
    await vi.waitFor(
      async () =>
        expect((await listPreflight({ ctx, input: { migrationId } })).probes).toMatchObject([
          { id: "source.checkdb", verdict: "pass" },
        ]),
      15_000,
    );
    expect(await events(migrationId)).toMatchObject([
      { type: "check_run_ended", payload: { state: "clean" } },
    ]);
  }, 20_000);

  test("errors block", async () => {
    const { ctx } = test_;
    const migrationId = await make();
    play({ consistencyErrors: 3 });
    await runCheck({ ctx, input: { migrationId, action: "start" } });
    const { checkRun } = await ended(migrationId);
    expect(checkRun?.state).toBe("errors");
    expect(checkRun?.lines.join("\n")).toContain("3 consistency errors");
    await vi.waitFor(
      async () =>
        expect((await listPreflight({ ctx, input: { migrationId } })).probes).toMatchObject([
          { id: "source.checkdb", verdict: "block", params: { cause: "errors" } },
        ]),
      15_000,
    );
  }, 20_000);

  test("is cancelled", async () => {
    const { ctx } = test_;
    const migrationId = await make();
    await runCheck({ ctx, input: { migrationId, action: "start" } });
    await runCheck({ ctx, input: { migrationId, action: "cancel" } });
    const { checkRun } = await ended(migrationId);
    expect(["cancelled", "clean"]).toContain(checkRun?.state);
  }, 20_000);

  test("is lost with its process", async () => {
    const { ctx } = test_;
    const migrationId = await make();
    await ctx.db.migrationProbe.create({
      data: {
        migrationId,
        probeId: "source.checkdb_run",
        verdict: "running",
        at: new Date(test_.clock.at.getTime() - 60_000),
        view: {
          state: "running",
          startedAt: test_.clock.at.toISOString(),
          finishedAt: null,
          startedBy: "a",
          phase: null,
          percent: null,
          lines: [],
          failure: null,
        },
      },
    });
    expect((await listPreflight({ ctx, input: { migrationId } })).checkRun?.state).toBe("lost");
  });
});
