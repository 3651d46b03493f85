import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Ctx } from "@/lib/context/context";
import { demoDraft } from "@/lib/demo/demo-draft";
import { quantileOf } from "@/lib/forecast/quantiles";
import { createDraft } from "@/lib/services/draft/create-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { listMigrations } from "@/lib/services/migration/list-migrations";
import { readConfig } from "@/lib/start/config";
import { startRuntime } from "@/lib/start/runtime";
import { countJobs } from "@/lib/store/count-jobs";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import { sandboxInstanceIds } from "@/sandbox/rds/initial-records";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { ChaosProcess } from "./chaos/chaos-process";
import { type Closers, inOwnFolder } from "./in-own-folder";

/** Eight hours of rounds every half an hour go by in some minutes. */
const TIME_FACTOR = 120;
const POLL_MS = 300;
const SAMPLE_MS = 5_000;
export interface SoakOptions {
  migrations: number;
  seconds: number;
  embedded: boolean;
}

interface Sample {
  heapMb: number;
  rssMb: number;
  handles: number;
}

export interface SoakFigures {
  /** Logs that RDS has restored. */
  rounds: number;
  /** Of the second quarter of the time, when all is loaded, and of the last; medians, after a collection of garbage. */
  before: Sample;
  after: Sample;
  /** Rows for good, per restored file. */
  recordRowsAFile: Record<string, number>;
  /** Rows that pass, per migration; more than a handful are not pruned. */
  passingRows: Record<string, number>;
  /** Jobs that PostgreSQL's queue keeps, also those that are over; null: embedded. */
  jobs: number | null;
}

/**
 * So many migrations with rounds back to back, watched by list and details as by an open page, for so long: what grows though nothing more is kept of
 * it. Everything of the product is in this process, the sandbox in another. Throws where PostgreSQL is not installed and not left out.
 */
export async function benchSoak(options: SoakOptions): Promise<SoakFigures & SoakOptions> {
  return inOwnFolder("soak", async (folder, closers) => ({
    ...options,
    ...(await run(options, folder, closers)),
  }));
}

async function run(
  { migrations, seconds, embedded }: SoakOptions,
  folder: string,
  closers: Closers,
): Promise<SoakFigures> {
  const programs = embedded ? null : findPostgresPrograms();
  if (programs === null && !embedded)
    throw new Error("There is no PostgreSQL on this machine: try --embedded.");
  const postgres = programs === null ? null : await startPostgres(programs);
  if (postgres) closers.push(() => postgres.stop());
  // An instance takes 500 files a day, and each of these has twenty.
  const moreDatabases = Math.max(migrations, 100 * Math.ceil((migrations * 20) / 500));
  const sandbox = new ChaosProcess(
    [
      ...["sandbox", "--json", "--folder", join(folder, "sandbox")],
      ...["--time-factor", String(TIME_FACTOR), "--more-databases", String(moreDatabases)],
    ],
    {},
    "stdout",
  );
  closers.push(() => sandbox.kill());
  const line = await sandbox.start();
  if (line === null) throw new Error("The sandbox did not start; the reason is above.");
  const endpoints = JSON.parse(line) as SandboxEndpoints;
  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder);
  const config = readConfig({
    CHAINFERRY_DATA: dataFolder,
    CHAINFERRY_SIGN_IN: "off",
    CHAINFERRY_POLL_MS: String(POLL_MS),
    CHAINFERRY_LOG: "error",
    ...(postgres === null ? {} : { DATABASE_URL: await postgres.createDatabase("chainferry") }),
  });
  const runtime = await startRuntime({ ...config, sandbox: endpoints }, { runsSteps: true });
  closers.push(() => runtime.stop());
  const ctx = runtime.ctxFor({ kind: "person", id: "bench", name: "bench", role: "administrator" });
  const databases = endpoints.sqlServer.databases.filter((name) => name.startsWith("Shop"));
  const instances = sandboxInstanceIds(moreDatabases);
  for (const [n, database] of databases.slice(0, migrations).entries()) {
    const draft = {
      ...demoDraft({ by: "app", folder: endpoints.sqlServer.localFolder, database }, endpoints),
      instanceId: instances[n % instances.length] ?? "",
      schedule: { mode: "back_to_back", untilBytes: 1, backup: "log" } as const,
    };
    const { id } = await createDraft({ ctx, input: { draft } });
    await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
  }
  const samples = await watch(ctx, seconds);
  const quarter = (n: number) =>
    medianOf(samples.slice(Math.floor((samples.length * n) / 4), Math.ceil((samples.length * (n + 1)) / 4)));
  const { db } = ctx;
  const files = await db.backupFile.count({ where: { state: "imported" } });
  const each = (rows: Record<string, number>, of: number) =>
    Object.fromEntries(
      Object.entries(rows).map(([name, count]) => [name, Math.round((count * 10) / of) / 10]),
    );
  return {
    rounds: await db.backupFile.count({ where: { state: "imported", type: "log" } }),
    before: quarter(1),
    after: quarter(3),
    // What a finished step, round or call has for good.
    recordRowsAFile: each(
      {
        steps: await db.migrationStep.count(),
        events: await db.migrationEvent.count(),
        files: await db.backupFile.count(),
        calls: await db.onceCall.count(),
        tasks: await db.importTask.count(),
      },
      Math.max(1, files),
    ),
    // Of these there are as many after hours as at the start.
    passingRows: each(
      {
        probes: await db.migrationProbe.count(),
        alarms: await db.driftAlarm.count(),
        notices: await db.notice.count(),
        hookCalls: await db.hookCall.count(),
      },
      migrations,
    ),
    jobs: postgres === null ? null : await countJobs(db),
  };
}

async function watch(ctx: Ctx, seconds: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const untilMs = Date.now() + seconds * 1_000; Date.now() < untilMs; ) {
    await sleep(SAMPLE_MS);
    const { migrations } = await listMigrations({ ctx, input: {} });
    collectGarbage();
    const { heapUsed, rss } = process.memoryUsage();
    samples.push({
      heapMb: mib(heapUsed),
      rssMb: mib(rss),
      handles: process.getActiveResourcesInfo().length,
    });
    console.error(`${migrations.length} migrations, ${JSON.stringify(samples.at(-1))}`);
  }
  return samples;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

function medianOf(samples: readonly Sample[]): Sample {
  const median = (of: keyof Sample) =>
    samples.length === 0
      ? 0
      : quantileOf(
          samples.map((one) => one[of]),
          0.5,
        );
  return { heapMb: median("heapMb"), rssMb: median("rssMb"), handles: median("handles") };
}

function mib(bytes: number): number {
  return Math.round((bytes / 1_048_576) * 10) / 10;
}
