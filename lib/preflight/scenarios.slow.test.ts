import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft, ProbeView } from "@/lib/contracts/migration";
import {
  SANDBOX_CLOUD_ID,
  SANDBOX_SOURCE_ID,
  seedSandboxConnections,
} from "@/lib/services/connection/seed-sandbox";
import { createDraft } from "@/lib/services/draft/create-draft";
import { createClients } from "@/lib/start/create-clients";
import { createEndpointGuard, originsOf } from "@/lib/start/endpoint-guard";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { Sandbox } from "@/sandbox/sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import { runPreflight } from "./run-preflight";

/** Every fault that a sandbox can play before an upload, over the real adapters and wire protocols. */
let world: TestCtx;
let sandbox: Sandbox;
let clients: ReturnType<typeof createClients>;
let folder: string;
let ctx: Ctx;
let migrationId: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "chainferry-scenarios-"));
  sandbox = await startSandbox({ folder });
  world = await openTestCtx();
  const endpoints = createEndpointGuard({ sandbox: originsOf(sandbox.endpoints) });
  clients = createClients({ db: world.ctx.db, sealer: world.ctx.sealer, endpoints });
  ctx = { ...world.ctx, clients, now: () => new Date() };
  await seedSandboxConnections({ ctx, input: sandbox.endpoints });
  const { sqlServer, oss, rds } = sandbox.endpoints;
  const draft: MigrationDraft = {
    ...EMPTY_DRAFT,
    sourceConnectionId: SANDBOX_SOURCE_ID,
    sourceDatabase: "SalesDB",
    transport: "shared_folder",
    backupBy: "app",
    sourceFolder: sqlServer.backupFolder,
    localFolder: sqlServer.localFolder,
    cloudConnectionId: SANDBOX_CLOUD_ID,
    bucket: oss.bucket,
    prefix: "salesdb/",
    instanceId: rds.instanceId,
    targetDatabase: "SalesDB",
    method: "access_pending",
  };
  migrationId = (await createDraft({ ctx, input: { draft } })).id;
}, OPENING_MS);

afterAll(async () => {
  await clients?.close();
  await world?.close();
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function play(scenario: string): Promise<void> {
  const answer = await fetch(`${sandbox.endpoints.rds.endpoint}/sandbox/scenario`, {
    method: "PUT",
    headers: controlHeaders(sandbox.endpoints.accessKeySecret),
    body: JSON.stringify({ scenario }),
  });
  expect(await answer.json()).toEqual({ scenario });
}

async function look(): Promise<ProbeView[]> {
  return (await runPreflight({ ctx, input: { migrationId, probe: null } })).probes;
}

const verdictOf = (probes: ProbeView[], id: string) => probes.find((probe) => probe.id === id)?.verdict;
const blocking = (probes: ProbeView[]) =>
  probes.filter((probe) => probe.verdict === "block").map((probe) => probe.id);

describe("each scenario turns its probe red, and its end turns it green", () => {
  test("nothing blocks in fair weather", async () => {
    expect(blocking(await look())).toEqual([]);
  });

  test.each([
    ["edition-mismatch", "source.edition_features"],
    ["tde", "source.tde"],
    ["simple-recovery", "source.recovery_model"],
    ["disk-too-small", "instance.space"],
    ["count-limit", "instance.database_count"],
    ["restarting-instance", "instance.running"],
    ["missing-role", "role.import"],
    ["narrow-rights", "role.rights"],
    ["ia-bucket", "bucket.storage_class"],
    ["encrypted-bucket", "bucket.encryption"],
    ["wrong-region", "bucket.region"],
  ])("%s: %s", async (scenario, id) => {
    await play(scenario);
    const red = await look();
    const found = red.find((probe) => probe.id === id);
    expect(found, id).toMatchObject({ verdict: "block", failure: null });
    expect(blocking(red), "and nothing else").toEqual([id]);
    expect(found?.answer).not.toBe("");
    expect(found?.prevents).toMatch(/\w/);
    await play("clean");
    const green = await look();
    expect(verdictOf(green, id)).toBe("pass");
    expect(blocking(green)).toEqual([]);
  });

  test("several at once, each told", async () => {
    await play("ia-bucket,missing-role,tde");
    expect(blocking(await look())).toEqual(["source.tde", "bucket.storage_class", "role.import"]);
    await play("clean");
    expect(blocking(await look())).toEqual([]);
  });

  test("short-lifecycle: a warning, gone with the rule", async () => {
    await play("short-lifecycle");
    expect(verdictOf(await look(), "bucket.lifecycle")).toBe("warn");
    await play("clean");
    expect(verdictOf(await look(), "bucket.lifecycle")).toBe("pass");
  });

  test("what a person mends stays mended while the scenario goes on", async () => {
    await play("simple-recovery");
    const source = await clients.source(SANDBOX_SOURCE_ID);
    await source.setRecoveryFull("SalesDB");
    expect(verdictOf(await look(), "source.recovery_model")).toBe("pass");
    await play("clean");
  });

  test("an unknown scenario is refused, and nothing changes", async () => {
    const answer = await fetch(`${sandbox.endpoints.rds.endpoint}/sandbox/scenario`, {
      method: "PUT",
      headers: controlHeaders(sandbox.endpoints.accessKeySecret),
      body: JSON.stringify({ scenario: "sunshine" }),
    });
    expect(answer.status).toBe(400);
    expect(blocking(await look())).toEqual([]);
  });
});
