import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { GRACE_POLLS } from "@/lib/start/config";
import type { Runtime } from "@/lib/start/runtime";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import type { DemoReport } from "./demo-report";
import { DEMO_ACTOR, playMigration } from "./play-migration";
import { MORE_DATABASES, playWave, type WaveReport } from "./play-wave";

export interface DemoOptions {
  json: boolean;
  scenario: string;
  files?: string;
  database?: string;
  data?: string;
  attach?: string;
  deadline?: number;
  timeFactor: number;
}

const POLL_MS = 150;

/**
 * Plays a demo and prints its report. Returns the exit code: 0 only when the database is online, of a wave when each of its
 * databases has ended as the scenario tells.
 */
export async function runDemoCommand(options: DemoOptions): Promise<number> {
  const report = options.scenario === WAVE ? await playWaveDemo(options) : await playDemo(options);
  console.log(options.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  return report.status === "online" || ("asTold" in report && report.asTold) ? 0 : 1;
}

const WAVE = "wave";

/**
 * Plays a whole migration in the sandbox without a browser: the same services, engine and adapters as the dashboard.
 * With --data it goes on where an earlier run was interrupted.
 */
export function playDemo(options: DemoOptions): Promise<DemoReport> {
  return onSandbox(options, 0, (play) => playMigration({ ...play, options }));
}

/** The same of a wave of all databases that the sandbox's server has. */
export function playWaveDemo(options: DemoOptions): Promise<WaveReport> {
  const say = options.json ? () => undefined : (line: string) => console.error(line);
  return onSandbox(options, MORE_DATABASES, ({ runtime, endpoints, begun }) =>
    playWave({ ctx: runtime.ctxFor(DEMO_ACTOR), endpoints, say, begun }),
  );
}

/** A product on a sandbox of its own, or on the one that is attached, for as long as something is played. */
async function onSandbox<Report>(
  options: DemoOptions,
  moreDatabases: number,
  play: (on: { runtime: Runtime; endpoints: SandboxEndpoints; begun: number }) => Promise<Report>,
): Promise<Report> {
  const begun = Date.now();
  const folder = options.data ? resolve(options.data) : await mkdtemp(join(tmpdir(), "chainferry-demo-"));
  const sandbox = options.attach
    ? null
    : await startSandbox({
        folder: join(folder, "sandbox"),
        scenario: options.scenario,
        timeFactor: options.timeFactor,
        moreDatabases,
      });
  const endpoints =
    sandbox?.endpoints ?? (JSON.parse(await readFile(options.attach ?? "", "utf8")) as SandboxEndpoints);
  const runtime = await startDemoProduct(folder, endpoints);
  try {
    return await play({ runtime, endpoints, begun });
  } finally {
    await runtime.stop();
    await sandbox?.stop();
    if (!options.data) await rm(folder, { recursive: true, force: true });
  }
}

/** The product beside a sandbox, without its pages. It looks as often as time flies there. */
export function startDemoProduct(folder: string, endpoints: SandboxEndpoints): Promise<Runtime> {
  return startBesideSandbox(endpoints, {
    dataFolder: folder,
    databaseUrl: null,
    pollMs: POLL_MS,
    lookGraceMs: POLL_MS * GRACE_POLLS,
    runsSteps: true,
  });
}
