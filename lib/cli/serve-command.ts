import { resolve } from "node:path";
import { ownCommand } from "@/lib/diagnosis/own-command";
import type { MadeLink } from "@/lib/services/people/sign-in-links";
import { type Config, GRACE_POLLS, readConfig, readIdentitySettings, readReach } from "@/lib/start/config";
import { judgeReach } from "@/lib/start/reach";
import { readSandboxChoice, startsSandbox } from "@/lib/start/sandbox-choice";
import { announceServing } from "@/lib/start/serving-file";
import { startDashboard } from "@/lib/start/start-dashboard";
import { strangeNamesWarning } from "@/lib/start/strange-names";
import type { Sandbox } from "@/sandbox/sandbox";
import { untilAskedToEnd } from "./until-asked-to-end";

interface ServeOptions {
  host?: string;
  port?: number;
  /** Neither: as was chosen in the settings. */
  sandbox?: boolean;
  scenario?: string;
  timeFactor?: number;
  dev: boolean;
}

/** With the sandbox in sight minutes pass in seconds: look as often. */
const SANDBOX_POLL_MS = 300;

/** Starts the sandbox and the dashboard in this process, and stays up until SIGINT or SIGTERM. */
export async function runServeCommand(options: ServeOptions): Promise<number> {
  const config = readConfig(process.env);
  const settings = readReach(process.env);
  const identity = readIdentitySettings(process.env);
  // Before anything is started: what is missing is said at once.
  const reach = judgeReach({ ...settings, host: options.host ?? settings.host }, config.signIn);
  const kept = await readSandboxChoice(config.dataFolder);
  // Who says what is to be played wants it played.
  const isNamed = options.scenario !== undefined || options.timeFactor !== undefined;
  const wantsSandbox = options.sandbox ?? (isNamed || startsSandbox(kept));
  const starting = wantsSandbox
    ? startSandboxOf(config, { ...kept.choice, ...options })
    : Promise.resolve(null);
  const stopped = untilAskedToEnd();
  let sandbox: Sandbox | null = null;
  try {
    const dashboard = await withoutNews(() =>
      startDashboard({
        config: starting.then((started) => (started === null ? config : besideSandbox(config, started))),
        reach,
        identity,
        port: options.port ?? null,
        dev: options.dev,
      }),
    );
    sandbox = await starting;
    const { localUrl, url, machineKey } = dashboard;
    const takeBack = await announceServing(config.dataFolder, { url: localUrl, page: url, key: machineKey });
    console.log(greeting(url, config.signIn, dashboard.firstStart, sandbox));
    const strange = strangeNamesWarning(process.env);
    for (const warning of [...dashboard.warnings, ...(strange === null ? [] : [strange])])
      console.error(`  ${warning}\n`);
    await stopped;
    await takeBack();
    await dashboard.stop();
  } finally {
    sandbox ??= await starting.catch(() => null);
    await sandbox?.stop();
  }
  return 0;
}

async function startSandboxOf(
  config: Config,
  options: { scenario: string; timeFactor: number },
): Promise<Sandbox> {
  const { startSandbox } = await import("@/sandbox/start-sandbox");
  return startSandbox({
    folder: resolve(config.dataFolder, "sandbox"),
    scenario: options.scenario,
    timeFactor: options.timeFactor,
  });
}

/** Next tells on stdout how long it read its settings, and has no switch for that. */
async function withoutNews<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => undefined;
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

function besideSandbox(config: Config, { endpoints }: Sandbox): Config {
  const pollMs = process.env.CHAINFERRY_POLL_MS === undefined ? SANDBOX_POLL_MS : config.pollMs;
  const lookGraceMs =
    process.env.CHAINFERRY_LOOK_GRACE_MS === undefined ? pollMs * GRACE_POLLS : config.lookGraceMs;
  return { ...config, pollMs, lookGraceMs, sandbox: endpoints };
}

function greeting(
  url: string,
  signIn: Config["signIn"],
  firstStart: MadeLink | null,
  sandbox: Sandbox | null,
): string {
  const lines = ["", `  Chainferry is up: ${url}`, "", ...signingIn(url, signIn, firstStart)];
  if (sandbox) {
    const databases = sandbox.endpoints.sqlServer.databases.join(", ");
    lines.push("", `  The sandbox runs beside it (SQL Server with ${databases}; OSS; RDS), marked as such.`);
    lines.push("  Start with: New migration, Sandbox SQL Server.");
  }
  return `${lines.join("\n")}\n`;
}

function signingIn(url: string, signIn: Config["signIn"], firstStart: MadeLink | null): string[] {
  if (signIn === "off") {
    return [
      "  Signing in: switched off (CHAINFERRY_SIGN_IN=off). Whoever opens the address on this machine is the",
      "  local administrator; the server listens on 127.0.0.1 only.",
    ];
  }
  if (firstStart === null)
    return [`  Signing in: by name and password. Nobody can any more? ${ownCommand("recover", process)}`];
  return [
    "  Open this link: it signs you in as the local administrator, once, within 15 minutes.",
    `  From another machine: ssh -L. Another link: ${ownCommand("recover", process)}`,
    "",
    `  ${url}/enter#${firstStart.token}`,
  ];
}
