import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "@/lib/context/context";
import type { MigrationAction } from "@/lib/contracts/migration";
import { demoDraft } from "@/lib/demo/demo-draft";
import { passPreflight } from "@/lib/demo/pass-preflight";
import { quantileOf } from "@/lib/forecast/quantiles";
import { createDraft } from "@/lib/services/draft/create-draft";
import { saveDraft } from "@/lib/services/draft/save-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import { readConfig } from "@/lib/start/config";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import { planImportSteps, planOpening } from "@/sandbox/rds/import-steps";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { type AddedTime, addedTime, CUTOVER_PARTS, type CutoverPart, type ServiceTime } from "./added-time";
import { startFarSandbox } from "./far-sandbox";
import { type RecordedCall, recordCalls } from "./record-calls";

/** A server in the next rack, a bucket some provinces away, and the gateway of the cloud's API. */
const LATENCIES = { sqlServer: 2, oss: 30, rds: 120 };
/**
 * RDS takes a log in three seconds instead of a minute and opens in four and a half instead of ninety. We look at a fixed pace
 * for as long, so that what we add does not depend on it.
 */
const TIME_FACTOR = 20;
const LOOK_MS = 400;

/** Calls that are themselves a part of the cutover. Every other one is a look of ours, and its time is ours. */
const EFFECTS: Readonly<Record<string, CutoverPart>> = {
  "source.restrictUsers": "stop",
  "source.backup": "backup",
  "objects.startUpload": "upload",
  "objects.uploadPart": "upload",
  "objects.completeUpload": "upload",
  "objects.putObject": "upload",
  "rds.createImport": "import",
  "rds.openDatabase": "open",
};

/**
 * What we add to a cutover, over the services' own time: from the stop of writes to the database online, less everything that
 * source, OSS and RDS took for the cutover itself. The product runs as it is delivered, with its own intervals. Cutovers of a
 * product follow one another, so that none is the reason for what another takes.
 */
export async function benchCutover({ count = 20 }: { count?: number }): Promise<Record<string, unknown>> {
  const added: AddedTime[] = [];
  while (added.length < count) {
    const more = await playProduct(count - added.length);
    if (more.length === 0) throw new Error("No database of the sandbox can be migrated");
    added.push(...more);
  }
  const secondsOf = (of: (one: AddedTime) => number) => ({
    p50: quantile(added.map(of), 0.5),
    p99: quantile(added.map(of), 0.99),
  });
  return {
    cutovers: added.length,
    addedSeconds: secondsOf(({ addedMs }) => addedMs),
    servicesSeconds: secondsOf(({ servicesMs }) => servicesMs),
    downtimeSeconds: secondsOf(({ wallMs }) => wallMs),
    addedBefore: Object.fromEntries(
      ([...CUTOVER_PARTS, "online"] as const).map((part) => [part, secondsOf(({ before }) => before[part])]),
    ),
    latencyMs: LATENCIES,
    timeFactor: TIME_FACTOR,
  };
}

/** Cutovers of one product on one sandbox: as many as it has databases, at most `most`. */
async function playProduct(most: number): Promise<AddedTime[]> {
  const folder = await mkdtemp(join(tmpdir(), "chainferry-bench-cutover-"));
  const sandbox = await startFarSandbox({ folder, latencies: LATENCIES, timeFactor: TIME_FACTOR });
  const { pollMs, lookGraceMs } = readConfig({});
  const { endpoints } = sandbox;
  const runtime = await startBesideSandbox(endpoints, {
    dataFolder: folder,
    databaseUrl: null,
    pollMs,
    lookGraceMs,
    runsSteps: true,
  });
  try {
    const ctx = runtime.ctxFor({ kind: "person", id: "bench", name: "bench", role: "administrator" });
    const calls = recordCalls(ctx.clients);
    const { databases } = endpoints.sqlServer;
    const ready = await Promise.all(databases.map((database) => prepare(ctx, endpoints, database)));
    const added: AddedTime[] = [];
    for (const migrationId of ready) {
      if (migrationId !== null && added.length < most) added.push(await cutOver(ctx, migrationId, calls));
    }
    return added;
  } finally {
    await runtime.stop();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A migration whose full and first log RDS has restored. Null: one of the sandbox's databases that can't be migrated as it is. */
async function prepare(ctx: Ctx, endpoints: SandboxEndpoints, database: string): Promise<string | null> {
  const draft = demoDraft({ by: "app", folder: endpoints.sqlServer.localFolder, database }, endpoints);
  const { id } = await createDraft({ ctx, input: { draft } });
  await saveDraft({ ctx, input: { migrationId: id, draft } });
  if ((await passPreflight(ctx, id)) !== null) return null;
  await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
  await waitUntil(ctx, id, ({ status }) => status === "waiting_for_user");
  await act(ctx, id, { type: "take_backup", backup: "log" });
  await waitUntil(ctx, id, ({ status }) => status === "waiting_for_user");
  return id;
}

async function cutOver(ctx: Ctx, migrationId: string, calls: readonly RecordedCall[]): Promise<AddedTime> {
  const { target } = await getMigration({ ctx, input: { migrationId } });
  const confirmName = target.database ?? "";
  await act(ctx, migrationId, {
    type: "cutover",
    stopWrites: "restricted_user",
    checkMode: "async",
    confirmName,
  });
  await waitUntil(ctx, migrationId, ({ onlineAt }) => onlineAt !== null);
  const { files, cutover } = await getMigration({ ctx, input: { migrationId } });
  const last = files.find(({ final }) => final);
  const { writesStoppedAt, onlineAt } = cutover ?? {};
  if (!writesStoppedAt || !onlineAt || !last) throw new Error("The cutover has no instants");
  const window = { fromMs: Date.parse(writesStoppedAt), toMs: Date.parse(onlineAt) };
  return addedTime(window, serviceTimes(calls, last.sizeBytes ?? 0));
}

/** The calls that count, and what RDS does after it was asked: as long as the sandbox plans it. */
function serviceTimes(calls: readonly RecordedCall[], sizeBytes: number): ServiceTime[] {
  return calls.flatMap(({ service, method, fromMs, toMs }) => {
    const part = EFFECTS[`${service}.${method}`];
    if (part === undefined) return [];
    const called: ServiceTime = { part, fromMs, toMs };
    if (part === "import") {
      const steps = planImportSteps(
        { backupMode: "Transaction_Log", sizeBytes, acceptedAtMs: toMs },
        TIME_FACTOR,
        null,
      );
      return [called, { part: "restore", fromMs: toMs, toMs: steps.at(-1)?.atMs ?? toMs }];
    }
    if (part !== "open") return [called];
    const accepted = { acceptedAtMs: toMs, checkMode: "AsyncExecuteDBCheck" as const };
    const { onlineAtMs } = planOpening(accepted, TIME_FACTOR, { failure: "" });
    return [called, { part: "opening", fromMs: toMs, toMs: onlineAtMs }];
  });
}

async function act(ctx: Ctx, migrationId: string, action: MigrationAction): Promise<void> {
  await actOnMigration({ ctx, input: { migrationId, action } });
}

/** Throws when the migration stops before. Looks at two columns: who reads everything slows down what is measured. */
async function waitUntil(
  ctx: Ctx,
  id: string,
  isThere: (migration: { status: string; onlineAt: Date | null }) => boolean,
): Promise<void> {
  for (;;) {
    const select = { name: true, status: true, onlineAt: true };
    const migration = await ctx.db.migration.findUniqueOrThrow({ where: { id }, select });
    if (isThere(migration)) return;
    if (migration.status === "failed" || migration.status === "unknown")
      throw new Error(`${migration.name} stopped: it is ${migration.status}`);
    await new Promise((settle) => setTimeout(settle, LOOK_MS));
  }
}

function quantile(ms: readonly number[], at: number): number {
  return Math.round(quantileOf(ms, at)) / 1_000;
}
