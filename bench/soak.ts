import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import { demoDraft } from "@/lib/demo/demo-draft";
import { quantileOf } from "@/lib/forecast/quantiles";
import { createDraft } from "@/lib/services/draft/create-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { checkConfiguredStore } from "@/lib/start/check-configured-store";
import { readConfig } from "@/lib/start/config";
import { startRuntime } from "@/lib/start/runtime";
import { countJobs } from "@/lib/store/count-jobs";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import { freePort } from "@/sandbox/free-port";
import { sandboxInstanceIds } from "@/sandbox/rds/initial-records";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { ChaosProcess } from "./chaos/chaos-process";
import { type Closers, inOwnFolder } from "./in-own-folder";
import type { LoadPlan } from "./load/load-plan";
import { type Held, SampledProcess } from "./soak/sampled-process";

/** A schedule has no less than a minute, and rounds are to be half an hour apart: so one second is thirty. */
const TIME_FACTOR = 30;
const SCHEDULE = { mode: "every", minutes: 1, backup: "log" } as const;
/** Three looks where there would be one: thirty would leave two cores no time for the rounds. */
const POLL_MS = 1_000;
const SAMPLE_MS = 10_000;
const WATCHERS = 10;
const LISTS = 2;

export interface SoakOptions {
  migrations: number;
  seconds: number;
  embedded: boolean;
}

/** What grows only with what is kept for good: MiB, and rows of the queue. Those of the queue are null where it is in the process. */
interface Stored {
  storeMb: number;
  queueMb: number | null;
  jobs: number | null;
}

interface Thirds<T> {
  first: T;
  last: T;
}

export interface SoakFigures {
  /** Of the sandbox. */
  hours: number;
  /** Logs that RDS has restored, of all, and of the migrations with the fewest and the most. */
  rounds: number;
  roundsOfOne: { least: number; most: number };
  /** Medians of the first and of the last third of the time, of each process. */
  held: Record<string, Thirds<Held>>;
  stored: Thirds<Stored>;
  /** Rows for good, per restored file. */
  recordRowsAFile: Record<string, number>;
  /** Rows that pass, per migration; more than a handful are not pruned. */
  passingRows: Record<string, number>;
  /** Whether `check-store` finds every row, reference and event. */
  isSound: boolean;
}

/** Where the product keeps what it is measured by. */
interface Place {
  folder: string;
  databaseUrl: string | null;
  endpoints: SandboxEndpoints;
}

/**
 * So many migrations with a schedule, as the product is delivered (on PostgreSQL a dashboard and a worker, embedded one process), with open
 * pages, for so long: what grows though nothing more is kept of it. Throws where PostgreSQL is not installed and not left out, and when a process ends.
 */
export async function benchSoak(options: SoakOptions): Promise<SoakFigures & SoakOptions> {
  return inOwnFolder("soak", async (folder, closers) => ({
    ...options,
    ...(await run(options, folder, closers)),
  }));
}

async function run(options: SoakOptions, folder: string, closers: Closers): Promise<SoakFigures> {
  const { migrations, seconds, embedded } = options;
  const programs = embedded ? null : findPostgresPrograms();
  if (programs === null && !embedded)
    throw new Error("There is no PostgreSQL on this machine: try --embedded.");
  const postgres = programs === null ? null : await startPostgres(programs);
  if (postgres) closers.push(() => postgres.stop());
  const endpoints = await openSandbox(migrations, folder, closers);
  mkdirSync(join(folder, "data"));
  const place: Place = {
    folder,
    databaseUrl: postgres ? await postgres.createDatabase("chainferry") : null,
    endpoints,
  };
  const ids = await onStore(place, (ctx) => begin(ctx, migrations, endpoints));
  const { processes, base } = await startProduct(place, closers);
  const plan: LoadPlan = {
    bases: [base],
    watched: Array.from({ length: WATCHERS }, (_, n) => ids[n % ids.length] ?? ""),
    lists: LISTS,
  };
  const pages = new ChaosProcess(["bench", "load-pages"], { LOAD_PLAN: JSON.stringify(plan) }, "stdout");
  closers.push(() => pages.kill());
  if ((await pages.start()) === null) throw new Error("The pages did not open; the reason is above.");
  const samples = await watch(place, processes, seconds);
  await pages.kill();
  for (const { process } of processes) await process.drain();
  const rows = await onStore(place, (ctx) => count(ctx, ids));
  const { sound, findings } = await checkConfiguredStore(configOf(place));
  for (const finding of findings) console.error(JSON.stringify(finding));
  return {
    hours: Math.round((seconds * TIME_FACTOR) / 36) / 100,
    ...rows,
    held: Object.fromEntries(
      processes.map(({ name }, n) => [name, thirdsOf(samples.map(({ held }) => held[n]))]),
    ),
    stored: thirdsOf(samples.map(({ stored }) => stored)),
    isSound: sound,
  };
}

async function openSandbox(migrations: number, folder: string, closers: Closers): Promise<SandboxEndpoints> {
  const sandbox = new ChaosProcess(
    [
      ...["sandbox", "--json", "--folder", join(folder, "sandbox"), "--time-factor", String(TIME_FACTOR)],
      ...["--more-databases", String(moreDatabases(migrations))],
    ],
    {},
    "stdout",
  );
  closers.push(() => sandbox.kill());
  const line = await sandbox.start();
  if (line === null) throw new Error("The sandbox did not start; the reason is above.");
  return JSON.parse(line) as SandboxEndpoints;
}

/** An instance takes 500 files a day, and each of these has twenty; there is one for each hundred databases. */
function moreDatabases(migrations: number): number {
  return Math.max(migrations, 100 * Math.ceil((migrations * 20) / 500));
}

function settingsOf({ folder, databaseUrl }: Place): Record<string, string> {
  return {
    CHAINFERRY_DATA: join(folder, "data"),
    CHAINFERRY_SIGN_IN: "off",
    CHAINFERRY_POLL_MS: String(POLL_MS),
    CHAINFERRY_LOG: "error",
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl, CHAINFERRY_ENGINE: "separate" }),
  };
}

function configOf(place: Place) {
  return { ...readConfig({ ...settingsOf(place), CHAINFERRY_ENGINE: "separate" }), sandbox: place.endpoints };
}

/** Before the product has it and after: the services in this process, without an engine. */
async function onStore<T>(place: Place, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const runtime = await startRuntime(configOf(place), { runsSteps: false });
  try {
    return await work(runtime.ctxFor({ kind: "person", id: "bench", name: "bench", role: "administrator" }));
  } finally {
    await runtime.stop();
  }
}

/** Returns their ids. */
async function begin(ctx: Ctx, migrations: number, endpoints: SandboxEndpoints): Promise<string[]> {
  const databases = endpoints.sqlServer.databases.filter((name) => name.startsWith("Shop"));
  const instances = sandboxInstanceIds(moreDatabases(migrations));
  const ids: string[] = [];
  for (const [n, database] of databases.slice(0, migrations).entries()) {
    const draft = {
      ...demoDraft({ by: "app", folder: endpoints.sqlServer.localFolder, database }, endpoints),
      instanceId: instances[n % instances.length] ?? "",
      schedule: SCHEDULE,
    };
    const { id } = await createDraft({ ctx, input: { draft } });
    await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
    ids.push(id);
  }
  return ids;
}

async function startProduct(place: Place, closers: Closers) {
  const port = await freePort();
  const serve = ["serve", "--no-sandbox", "--port", String(port)];
  const inFile = (name: string) => join(place.folder, `${name}.samples`);
  const settings = settingsOf(place);
  const processes = [
    { name: "dashboard", process: new SampledProcess(serve, settings, "stdout", inFile("dashboard")) },
    ...(place.databaseUrl === null
      ? []
      : [{ name: "worker", process: new SampledProcess(["worker"], settings, "stderr", inFile("worker")) }]),
  ];
  closers.push(async () => {
    for (const { process } of processes) await process.kill();
  });
  for (const { name, process } of processes)
    if ((await process.start()) === null) throw new Error(`The ${name} did not start; the reason is above.`);
  return { processes, base: `http://127.0.0.1:${port}` };
}

async function watch(
  place: Place,
  processes: readonly { process: SampledProcess }[],
  seconds: number,
): Promise<{ held: Held[]; stored: Stored }[]> {
  const samples: { held: Held[]; stored: Stored }[] = [];
  for (const untilMs = Date.now() + seconds * 1_000; Date.now() < untilMs; ) {
    await sleep(SAMPLE_MS);
    const held: Held[] = [];
    for (const { process } of processes) held.push(await process.held());
    samples.push({ held, stored: await look(place) });
    console.error(JSON.stringify(samples.at(-1)));
  }
  return samples;
}

async function look({ folder, databaseUrl }: Place): Promise<Stored> {
  if (databaseUrl === null)
    return { storeMb: mib(sizeOf(join(folder, "data", "store"))), queueMb: null, jobs: null };
  const { jobs, queueBytes, storeBytes } = await countJobs(databaseUrl);
  return { storeMb: mib(storeBytes), queueMb: mib(queueBytes), jobs };
}

/** PostgreSQL removes files meanwhile. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((all, size) => all + size, 0);
}

async function count({ db }: Ctx, ids: readonly string[]) {
  const files = await db.backupFile.count({ where: { state: "imported" } });
  const logs = await db.backupFile.groupBy({
    by: ["migrationId"],
    where: { state: "imported", type: "log" },
    _count: true,
  });
  const ofOne = ids.map((id) => logs.find(({ migrationId }) => migrationId === id)?._count ?? 0);
  const each = (rows: Record<string, number>, of: number) =>
    Object.fromEntries(
      Object.entries(rows).map(([name, all]) => [name, Math.round((all * 10) / Math.max(1, of)) / 10]),
    );
  return {
    rounds: ofOne.reduce((all, one) => all + one, 0),
    roundsOfOne: { least: Math.min(...ofOne), most: Math.max(...ofOne) },
    // What a finished step, round or call has for good.
    recordRowsAFile: each(
      {
        steps: await db.migrationStep.count(),
        events: await db.migrationEvent.count(),
        files: await db.backupFile.count(),
        calls: await db.onceCall.count(),
        tasks: await db.importTask.count(),
      },
      files,
    ),
    // Of these there are as many after hours as at the start.
    passingRows: each(
      {
        probes: await db.migrationProbe.count(),
        alarms: await db.driftAlarm.count(),
        notices: await db.notice.count(),
        hookCalls: await db.hookCall.count(),
        pauses: await db.rdsPause.count(),
        leases: await db.watchLease.count(),
      },
      ids.length,
    ),
  };
}

/** Medians of the first and of the last third; what is null somewhere is null. */
function thirdsOf<T extends object>(samples: readonly (T | undefined)[]): Thirds<T> {
  const all = samples.filter((one) => one !== undefined);
  const third = Math.max(1, Math.floor(all.length / 3));
  return { first: medianOf(all.slice(0, third)), last: medianOf(all.slice(-third)) };
}

function medianOf<T extends object>(samples: readonly T[]): T {
  const [one] = samples;
  if (one === undefined) throw new Error("Nothing was measured: more --seconds.");
  const entries = Object.keys(one).map((name) => {
    const values = samples.map((sample) => Reflect.get(sample, name) as number | null);
    const numbers = values.filter((value) => value !== null);
    return [name, numbers.length === 0 ? null : Math.round(quantileOf(numbers, 0.5) * 10) / 10];
  });
  return Object.fromEntries(entries) as T;
}

function mib(bytes: number): number {
  return Math.round((bytes / 1_048_576) * 10) / 10;
}
