import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { Agent, get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Ctx } from "@/lib/context/context";
import { quantileOf } from "@/lib/forecast/quantiles";
import { readConfig } from "@/lib/start/config";
import { type Runtime, startRuntime } from "@/lib/start/runtime";
import { copyMigration, copyOf } from "@/lib/store/copy-migration";
import { fillRecords } from "@/lib/store/fill-records";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import { freePort } from "@/sandbox/free-port";
import { startSandbox } from "@/sandbox/start-sandbox";
import { ChaosProcess } from "./chaos/chaos-process";
import { type Closers, inOwnFolder } from "./in-own-folder";
import { copyTasks } from "./load/copy-tasks";
import { ListPage } from "./load/list-page";
import { type LoadPlan, Watched } from "./load/load-plan";
import { playTemplate } from "./load/play-template";

/** Of the template alone; what is measured goes at the pace of real services. */
const TEMPLATE_TIME_FACTOR = 60;
const TEMPLATE_POLL_MS = 100;
/** Until all processes are up and all pages open. */
const LEAD_MS = 60_000;
/** Each upload of `--embedded`: together they leave a disk and a processor something to do. */
const UPLOAD_BYTES_PER_SECOND = 1_000_000;
/** Pages that show the list, of all that are open. */
const LIST_SHARE = 0.04;
const ASK_MS = 500;
/** Pages with the list of which each asks every five seconds, one of them opened anew each time round. */
const LIST_PAGES = 10;
/** Each migration has a log restored every ten minutes: of a thousand one ends in two thirds of a second. */
const ROUND_MS = 600_000;
/** About a megabyte of JSON, written and read. */
const REFERENCE = Array.from({ length: 10_000 }, (_, n) => ({ n, text: `migration ${n}`.repeat(5) }));
const KEPT = { migrations: 10_000, files: 200_000, events: 2_000_000 };

const Ready = z.object({ oldestDueSeconds: z.number().nullable() });

export interface LoadOptions {
  /** Live at a time. */
  migrations: number;
  watchers: number;
  seconds: number;
  /** Of 10,000 kept migrations with 200,000 files and 2,000,000 events. */
  scale: number;
  embedded: boolean;
}

export interface LoadFigures {
  /** What an open page with the list asks for every five seconds: what has changed; of 200 or fewer the whole. */
  listP95Ms: number;
  /** The first answer of such a page: all of the list. */
  wholeListP95Ms: number;
  detailP95Ms: number;
  eventToScreenP95Ms: number;
  /** How long the step that waited longest for a worker had been due, looked at twice a second. */
  queueLagP95Ms: number;
  queueLagMaxMs: number;
  /**
   * What `REFERENCE` takes in the process that asks, in the same minutes: this machine's measure, by which one run can be compared with another.
   */
  referenceP50Ms: number;
  referenceP95Ms: number;
  /** The most of each process, MiB. */
  rssMb: Record<string, number>;
  events: number;
  lists: number;
  wholeLists: number;
  details: number;
  brokenStreams: number;
  refusedAnswers: number;
}

/**
 * The product at its size: so many live migrations beside so many kept ones, on PostgreSQL with two dashboards and two workers, or on the
 * embedded store in one process while files are sent; open pages follow a migration each. Milliseconds are measured by who asks, over loopback.
 * Throws where PostgreSQL is not installed.
 */
export async function benchLoad(options: LoadOptions): Promise<LoadFigures & LoadOptions> {
  return inOwnFolder("load", async (folder, closers) => ({
    ...options,
    ...(await run(options, folder, closers)),
  }));
}

async function run(options: LoadOptions, folder: string, closers: Closers): Promise<LoadFigures> {
  const { migrations, seconds, embedded } = options;
  const programs = embedded ? null : findPostgresPrograms();
  if (programs === null && !embedded)
    throw new Error("There is no PostgreSQL on this machine (initdb and postgres): try --embedded.");
  const postgres = programs === null ? null : await startPostgres(programs);
  if (postgres) closers.push(() => postgres.stop());
  const databaseUrl = postgres ? await postgres.createDatabase("chainferry") : null;
  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder);

  console.error("one migration, and copies of it");
  const sandboxFolder = join(folder, "sandbox");
  const templateId = await fill(options, { dataFolder, databaseUrl, sandboxFolder });
  const fromMs = Date.now() + LEAD_MS;
  const rdsTaskId = embedded ? null : await taskOf(templateId, { dataFolder, databaseUrl });
  copyTasks(sandboxFolder, { rdsTaskId, copies: migrations, fromMs, toMs: fromMs + ROUND_MS });

  const sandbox = new ChaosProcess(
    ["sandbox", "--json", "--folder", sandboxFolder, "--time-factor", "1"],
    {},
    "stdout",
  );
  closers.push(() => sandbox.kill());
  if ((await sandbox.start()) === null) throw new Error("The sandbox did not start; the reason is above.");

  console.error("starting the product");
  const env = {
    CHAINFERRY_DATA: dataFolder,
    CHAINFERRY_SIGN_IN: "off",
    CHAINFERRY_LOG: "error",
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl, CHAINFERRY_ENGINE: "separate" }),
  };
  const processes = new Map<string, ChaosProcess>();
  const bases: string[] = [];
  for (let n = 0; n < (embedded ? 1 : 2); n += 1) {
    const port = await freePort();
    bases.push(`http://127.0.0.1:${port}`);
    processes.set(
      `web${n + 1}`,
      new ChaosProcess(["serve", "--no-sandbox", "--port", String(port)], env, "stdout"),
    );
    if (!embedded) processes.set(`worker${n + 1}`, new ChaosProcess(["worker"], env, "stderr"));
  }
  closers.push(async () => {
    for (const each of processes.values()) await each.kill();
  });
  await Promise.all(
    [...processes].map(async ([name, each]) => {
      if ((await each.start()) === null) throw new Error(`${name} did not start; the reason is above.`);
    }),
  );

  const watched = Array.from({ length: options.watchers }, (_, n) => copyOf(templateId, n % migrations));
  const plan: LoadPlan = { bases, watched, lists: Math.ceil(options.watchers * LIST_SHARE) };
  const pages = new ChaosProcess(["bench", "load-pages"], { LOAD_PLAN: JSON.stringify(plan) }, "stdout");
  closers.push(() => pages.kill());
  for (const base of bases) await untilItAnswers(base);
  if ((await pages.start()) === null) throw new Error("The pages did not open; the reason is above.");
  const lateMs = Date.now() - fromMs;
  // Their restores have ended by now: of those no event is measured.
  if (lateMs > 0) console.error(`late by ${Math.round(lateMs / 1_000)} s: this machine has no time for it`);
  await sleep(Math.max(0, -lateMs));

  console.error("measuring");
  const measured = await measure({ bases, migrations, templateId, seconds, processes });
  const line = await pages.endWithLine();
  const { eventMs, broken, refused } = Watched.parse(JSON.parse(line));
  return {
    ...measured,
    eventToScreenP95Ms: p95(eventMs),
    events: eventMs.length,
    brokenStreams: broken,
    refusedAnswers: refused,
  };
}

/** The store with a template, its copies and what is kept. Returns the template's id. */
async function fill(
  { migrations, scale, embedded }: LoadOptions,
  place: { dataFolder: string; databaseUrl: string | null; sandboxFolder: string },
): Promise<string> {
  const sandbox = await startSandbox({ folder: place.sandboxFolder, timeFactor: TEMPLATE_TIME_FACTOR });
  let templateId: string;
  try {
    templateId = await onProduct(
      place,
      true,
      (ctx) => playTemplate(ctx, sandbox.endpoints, embedded ? "upload" : "restore"),
      sandbox.endpoints,
    );
  } finally {
    await sandbox.stop();
  }
  await onProduct(place, false, async (ctx) => {
    await fillRecords(ctx.db, {
      migrations: Math.round(KEPT.migrations * scale),
      files: Math.round(KEPT.files * scale),
      events: Math.round(KEPT.events * scale),
    });
    // Of accounts that are no more, and none of them goes on: what is live are the copies.
    await ctx.db.connection.updateMany({ where: { sandbox: false }, data: { archivedAt: ctx.now() } });
    await ctx.db.migration.updateMany({ where: { status: "failed" }, data: { status: "succeeded" } });
    const bytesPerSecond = embedded ? UPLOAD_BYTES_PER_SECOND : null;
    await copyMigration(ctx.db, { templateId, copies: migrations, bytesPerSecond });
  });
  return templateId;
}

async function taskOf(
  id: string,
  place: { dataFolder: string; databaseUrl: string | null },
): Promise<string | null> {
  return onProduct(
    place,
    false,
    async (ctx) => (await ctx.db.migration.findUniqueOrThrow({ where: { id } })).rdsTaskId,
  );
}

/** The product's services in this process, with the engine or without. */
async function onProduct<T>(
  { dataFolder, databaseUrl }: { dataFolder: string; databaseUrl: string | null },
  runsSteps: boolean,
  work: (ctx: Ctx) => Promise<T>,
  sandbox: Parameters<typeof startRuntime>[0]["sandbox"] = null,
): Promise<T> {
  const config = readConfig({
    CHAINFERRY_DATA: dataFolder,
    CHAINFERRY_ENGINE: "separate",
    CHAINFERRY_SIGN_IN: "off",
    CHAINFERRY_POLL_MS: String(TEMPLATE_POLL_MS),
    CHAINFERRY_LOG: "error",
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  });
  const runtime: Runtime = await startRuntime({ ...config, sandbox }, { runsSteps });
  try {
    return await work(runtime.ctxFor({ kind: "person", id: "bench", name: "bench", role: "administrator" }));
  } finally {
    await runtime.stop();
  }
}

async function untilItAnswers(base: string): Promise<void> {
  const asked = await timed(`${base}/api/migrations`, false);
  if (asked.ms === null) throw new Error(`${base} does not answer`);
}

async function measure(on: {
  bases: readonly string[];
  migrations: number;
  templateId: string;
  seconds: number;
  processes: ReadonlyMap<string, ChaosProcess>;
}): Promise<Omit<LoadFigures, "eventToScreenP95Ms" | "events" | "brokenStreams" | "refusedAnswers">> {
  const { bases, migrations, templateId, seconds, processes } = on;
  const agent = new Agent({ keepAlive: true });
  const [listMs, wholeMs, detailMs, lagMs]: number[][] = [[], [], [], []];
  const opened = (n: number) => new ListPage(bases[n % bases.length] ?? "");
  const lists = Array.from({ length: LIST_PAGES }, (_, n) => opened(n));
  const referenceMs: number[] = [];
  const most: Record<string, number> = {};
  const untilMs = Date.now() + seconds * 1_000;
  const note = (into: number[] | undefined, ms: number | null) => {
    if (ms !== null) into?.push(ms);
  };
  // One after the other: what this process does meanwhile would count as the server's time.
  for (let n = 0; Date.now() < untilMs; n += 1) {
    const at = n % LIST_PAGES;
    // One page later each time round.
    if (Math.floor(n / LIST_PAGES) % LIST_PAGES === at) lists[at] = opened(at);
    const page = lists[at] ?? opened(at);
    const { isOpening } = page;
    const list = await timed(page.url, agent);
    note(isOpening ? wholeMs : listMs, list.ms);
    if (list.ms !== null) page.note(list.text);
    const detail = `/api/migrations/${copyOf(templateId, (n * 31) % migrations)}`;
    note(detailMs, (await timed(`${bases[n % bases.length]}${detail}`, agent)).ms);
    const { oldestDueSeconds } = Ready.parse(JSON.parse((await timed(`${bases[0]}/readyz`, agent)).text));
    note(lagMs, oldestDueSeconds === null ? null : oldestDueSeconds * 1_000);
    referenceMs.push(timeReference());
    for (const [name, { pid }] of processes) most[name] = Math.max(most[name] ?? 0, residentMb(pid));
    await sleep(ASK_MS);
  }
  agent.destroy();
  return {
    listP95Ms: p95(listMs),
    wholeListP95Ms: p95(wholeMs),
    detailP95Ms: p95(detailMs),
    queueLagP95Ms: p95(lagMs),
    referenceP50Ms: Math.round(quantileOf(referenceMs, 0.5) * 10) / 10,
    referenceP95Ms: p95(referenceMs),
    queueLagMaxMs: Math.round(Math.max(0, ...(lagMs ?? []))),
    rssMb: most,
    lists: listMs?.length ?? 0,
    wholeLists: wholeMs?.length ?? 0,
    details: detailMs?.length ?? 0,
  };
}

function timeReference(): number {
  const beganMs = performance.now();
  JSON.parse(JSON.stringify(REFERENCE));
  return performance.now() - beganMs;
}

/** Milliseconds to the last byte of the answer, which is put together afterwards; null: it was none. */
async function timed(url: string, agent: Agent | false): Promise<{ ms: number | null; text: string }> {
  const began = performance.now();
  const request = get(url, { agent });
  const [answer]: IncomingMessage[] = await once(request, "response");
  if (answer === undefined) return { ms: null, text: "" };
  const pieces: Buffer[] = [];
  answer.on("data", (piece: Buffer) => pieces.push(piece));
  await once(answer, "end");
  const ms = performance.now() - began;
  return { ms: answer.statusCode === 200 ? ms : null, text: Buffer.concat(pieces).toString() };
}

function residentMb(pid: number | null): number {
  try {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kib ?? 0) / 1_024);
  } catch {
    // Elsewhere than on Linux nobody tells.
    return 0;
  }
}

function p95(values: readonly number[] | undefined): number {
  return values === undefined || values.length === 0 ? 0 : Math.round(quantileOf(values, 0.95) * 10) / 10;
}
