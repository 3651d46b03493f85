import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import { countStandingStill } from "@/lib/store/count-standing-still";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import { sandboxInstanceIds } from "@/sandbox/rds/initial-records";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import type { ChaosPlan } from "./chaos/chaos-plan";
import { ChaosProcess } from "./chaos/chaos-process";
import { type ChaosOutcome, countOutcome } from "./chaos/count-outcome";
import { type Closers, inOwnFolder } from "./in-own-folder";
import { type PassingProxy, startPassingProxy } from "./passing-proxy";
import { Dice } from "./random-source";

const TIME_FACTOR = 120;
const POLL_MS = 300;
/** As long as the product's own: a stopped process may come back late, and the answer of a call later still. */
const LOOK_GRACE_MS = 30_000;
/** Claims are given to others after 20 s without a sign of life. */
const STOP_MS = { least: 21_000, more: 4_000 };
/** Between two faults; what was started anew gets to work in between. */
const PAUSE_MS = { least: 500, more: 3_500 };
/**
 * What is not at its end so long after the last fault is stuck: twenty minutes, and more for many, which share one sandbox; embedded
 * they share one process and one store, too.
 */
const calmMs = ({ migrations, embedded }: ChaosOptions): number =>
  Math.max(20 * 60_000, migrations * (embedded ? 30_000 : 15_000));
/** Of a rolling restart: sources that stand still when it begins. */
const CUTTING_OVER = 10;
const LOOK_MS = 200;
/** A run of hours says after as many faults how far it is. */
const TOLD_EVERY = 10;
/** What the sandbox plays all the while. */
const SCENARIO = "throttling,answer-lost,bad-gateway,dropped-connections";

interface ChaosOptions {
  migrations: number;
  /** Faults until the run is left in peace. */
  faults: number;
  seed: number;
  embedded: boolean;
  /** No faults: once ten sources stand still one process after another is asked to end and started again, `faults` times in all. */
  rolling: boolean;
}

interface Counted {
  kills: number;
  stops: number;
  cuts: number;
  restarts: number;
  rolls: number;
  /** The longest that a process took to end when it was asked to, milliseconds. */
  drainMaxMs: number;
}

/** Everything of one run, ended in any case. */
interface Cast {
  processes: ChaosProcess[];
  /** Those of them that end by themselves, with 0, when every migration has come to its end. */
  persons: ChaosProcess[];
  proxy: PassingProxy | null;
  restart: (() => Promise<void>) | null;
}

/**
 * So many migrations of one sandbox, on PostgreSQL with two workers and two processes of the services behind the pages, or on the
 * embedded store in one process, while processes are killed and stopped for longer than their lease, connections to the store are
 * cut, PostgreSQL crashes, and the sandbox throttles and loses answers. Counts from the sandbox's records and from the store what
 * became of them. Throws where PostgreSQL is not installed.
 */
export async function benchChaos(
  options: ChaosOptions,
): Promise<Counted & ChaosOutcome & { migrations: number; seed: number }> {
  return inOwnFolder("chaos", async (folder, closers) => {
    const { plan, endpoints, cast, ownUrl } = await setUp(options, folder, closers);
    if (options.rolling && ownUrl !== null && options.faults > 0) await untilCuttingOver(ownUrl, cast);
    const counted = await disturb(options, cast);
    await leaveInPeace(cast, calmMs(options));
    for (const process of cast.processes) await process.kill();
    const runtime = await startBesideSandbox(endpoints, {
      dataFolder: plan.dataFolder,
      databaseUrl: ownUrl,
      pollMs: POLL_MS,
      lookGraceMs: LOOK_GRACE_MS,
      runsSteps: false,
    });
    closers.push(() => runtime.stop());
    const ctx = runtime.ctxFor({ kind: "person", id: "t", name: "t", role: "administrator" });
    const sandboxFolder = join(folder, "sandbox");
    console.error("counting what became of them");
    const { reasons, ...outcome } = await countOutcome(ctx, { databases: plan.databases, sandboxFolder });
    for (const [database, reason] of Object.entries(reasons)) console.error(`${database}: ${reason}`);
    return { migrations: options.migrations, ...counted, ...outcome, seed: options.seed };
  });
}

async function setUp(options: ChaosOptions, folder: string, closers: Closers) {
  const programs = options.embedded ? null : findPostgresPrograms();
  if (programs === null && !options.embedded) {
    throw new Error("There is no PostgreSQL on this machine (initdb and postgres): try --embedded.");
  }
  const sandbox = new ChaosProcess(
    [
      "sandbox",
      "--json",
      "--folder",
      join(folder, "sandbox"),
      "--time-factor",
      String(TIME_FACTOR),
      "--scenario",
      options.rolling ? "clean" : SCENARIO,
      "--more-databases",
      String(options.migrations),
    ],
    {},
    "stdout",
  );
  closers.push(() => sandbox.kill());
  const line = await sandbox.start();
  if (line === null) throw new Error("The sandbox did not start; the reason is above.");
  const endpoints = JSON.parse(line) as SandboxEndpoints;
  const endpointsFile = join(folder, "endpoints.json");
  writeFileSync(endpointsFile, line);

  const postgres = programs === null ? null : await startPostgres(programs);
  if (postgres) closers.push(() => postgres.stop());
  const ownUrl = postgres ? await postgres.createDatabase("chainferry") : null;
  const proxy = ownUrl === null ? null : await startPassingProxy(Number(new URL(ownUrl).port));
  if (proxy) closers.push(() => proxy.close());
  const databaseUrl = ownUrl === null || proxy === null ? null : withPort(ownUrl, proxy.port);
  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder);
  const databases = endpoints.sqlServer.databases.filter((name) => name.startsWith("Shop"));
  const plan: ChaosPlan = {
    databases,
    instances: sandboxInstanceIds(options.migrations),
    dataFolder,
    databaseUrl,
    endpointsFile,
    pollMs: POLL_MS,
    lookGraceMs: LOOK_GRACE_MS,
  };
  const planFile = join(folder, "plan.json");
  writeFileSync(planFile, JSON.stringify(plan));
  const persons = () => new ChaosProcess(["bench", "chaos-persons"], { CHAOS_PLAN: planFile }, "stdout");
  const worker = () =>
    new ChaosProcess(
      ["worker"],
      {
        DATABASE_URL: databaseUrl ?? "",
        CHAINFERRY_DATA: dataFolder,
        CHAINFERRY_POLL_MS: String(POLL_MS),
        CHAINFERRY_LOOK_GRACE_MS: String(LOOK_GRACE_MS),
        CHAINFERRY_LOG: "silent",
      },
      "stderr",
    );
  const played = options.embedded ? [persons()] : [persons(), persons()];
  const processes = options.embedded ? played : [...played, worker(), worker()];
  closers.push(async () => {
    for (const process of processes) await process.kill();
  });
  // One after another: the first makes the tables.
  for (const process of processes) await process.start();
  const cast: Cast = { processes, persons: played, proxy, restart: postgres && (() => postgres.restart()) };
  return { plan, endpoints, cast, ownUrl };
}

function withPort(url: string, port: number): string {
  const through = new URL(url);
  through.port = String(port);
  return through.href;
}

type Fault = "kill" | "stop" | "cut" | "restart" | "roll";

/** One fault after another, until there were enough or everything is at its end. */
async function disturb(options: ChaosOptions, cast: Cast): Promise<Counted> {
  const { faults, seed } = options;
  const dice = new Dice(seed);
  const kinds = faultsOf(options);
  const counted = { kills: 0, stops: 0, cuts: 0, restarts: 0, rolls: 0, drainMaxMs: 0 };
  const happened = () => counted.kills + counted.stops + counted.cuts + counted.restarts + counted.rolls;
  const held = new Set<Promise<void>>();
  while (happened() < faults && !isOver(cast)) {
    await sleep(PAUSE_MS.least + dice.below(PAUSE_MS.more));
    await startAgain(cast);
    const kind = dice.pick(kinds);
    const victim = dice.pick(cast.processes.filter((one) => one.isRunning && !one.isHeld));
    if (kind === "kill" && victim) {
      await victim.kill();
      counted.kills += 1;
    } else if (kind === "stop" && victim && held.size === 0) {
      victim.stop();
      counted.stops += 1;
      const going = sleep(STOP_MS.least + dice.below(STOP_MS.more)).then(() => {
        victim.goOn();
        held.delete(going);
      });
      held.add(going);
    } else if (kind === "roll") {
      const next = cast.processes[counted.rolls % cast.processes.length];
      const ms = (await next?.drain()) ?? 0;
      counted.drainMaxMs = Math.max(counted.drainMaxMs, Math.round(ms));
      counted.rolls += 1;
    } else if (kind === "cut" && cast.proxy) {
      cast.proxy.cut();
      counted.cuts += 1;
    } else if (kind === "restart" && cast.restart) {
      await cast.restart();
      counted.restarts += 1;
    }
    if (happened() % TOLD_EVERY === 0) console.error(`${happened()} faults: ${JSON.stringify(counted)}`);
  }
  await Promise.all(held);
  return counted;
}

/** A restart costs most where sources stand still: it begins when ten of them do, and the others are at their uploads and rounds. */
async function untilCuttingOver(ownUrl: string, cast: Cast): Promise<void> {
  while (!isOver(cast) && (await countStandingStill(ownUrl)) < CUTTING_OVER) await sleep(LOOK_MS);
}

function faultsOf({ embedded, rolling }: ChaosOptions): readonly Fault[] {
  if (rolling) return ["roll"];
  return embedded
    ? ["kill"]
    : ["kill", "kill", "kill", "kill", "kill", "stop", "cut", "cut", "cut", "restart"];
}

/** Whether a process of the persons has seen every migration at its end. */
function isOver({ persons }: Cast): boolean {
  return persons.some(({ exitCode }) => exitCode === 0);
}

/** A worker that was asked to end has ended with 0, too. */
async function startAgain({ processes, persons }: Cast): Promise<void> {
  const isAtItsEnd = (one: ChaosProcess) => one.exitCode === 0 && persons.includes(one);
  await Promise.all(processes.filter((one) => !one.isRunning && !isAtItsEnd(one)).map((one) => one.start()));
}

async function leaveInPeace(cast: Cast, longestMs: number): Promise<void> {
  const until = Date.now() + longestMs;
  while (!isOver(cast) && Date.now() < until) {
    await startAgain(cast);
    await sleep(PAUSE_MS.least);
  }
}
