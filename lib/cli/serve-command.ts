import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { readConfig } from "@/lib/start/config";
import type { Sandbox } from "@/sandbox/sandbox";

interface ServeOptions {
  port?: number;
  sandbox: boolean;
  scenario: string;
  timeFactor: number;
  dev: boolean;
}

const FIRST_PORT = 3000;
/** With the sandbox in sight minutes pass in seconds: look as often. */
const SANDBOX_POLL_MS = "300";

/** Builds if needed, starts the sandbox and the dashboard, and stays up until a signal. */
export async function runServeCommand(options: ServeOptions): Promise<number> {
  const config = readConfig(process.env);
  if (!options.dev) await run(process.execPath, ["scripts/build-if-needed.mjs"]);
  const port = await choosePort(options.port);
  let sandbox: Sandbox | null = null;
  if (options.sandbox) {
    const { startSandbox } = await import("@/sandbox/start-sandbox");
    sandbox = await startSandbox({
      folder: resolve(config.dataFolder, "sandbox"),
      scenario: options.scenario,
      timeFactor: options.timeFactor,
    });
  }
  const web = spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", options.dev ? "dev" : "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: "1",
        ...(sandbox
          ? {
              CHAINFERRY_SANDBOX: JSON.stringify(sandbox.endpoints),
              CHAINFERRY_POLL_MS: process.env.CHAINFERRY_POLL_MS ?? SANDBOX_POLL_MS,
            }
          : {}),
      },
    },
  );
  const ended = new Promise<number>((settle) => web.once("exit", (code) => settle(code ?? 1)));
  const stop = () => web.kill("SIGTERM");
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const ready = await Promise.race([waitUntilUp(port, web), ended.then(() => false)]);
  if (ready) console.log(greeting(port, sandbox));
  const code = await ended;
  await sandbox?.stop();
  return code === 143 || code === 130 ? 0 : code;
}

function greeting(port: number, sandbox: Sandbox | null): string {
  const lines = [
    "",
    `  Chainferry is up: http://127.0.0.1:${port}`,
    "",
    "  Signing in: nothing to do. The server listens on 127.0.0.1 only, and whoever opens it on this",
    "  machine is the local administrator. From another machine: ssh -L.",
  ];
  if (sandbox) {
    const databases = sandbox.endpoints.sqlServer.databases.join(", ");
    lines.push("", `  The sandbox runs beside it (SQL Server with ${databases}; OSS; RDS), marked as such.`);
    lines.push("  Start with: New migration, Sandbox SQL Server.");
  }
  return `${lines.join("\n")}\n`;
}

async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise<number>((settle) => child.once("exit", (value) => settle(value ?? 1)));
  if (code !== 0) throw new Error(`The build failed (exit code ${code}); its output is above.`);
}

/** The port asked for, or the first free one from 3000 on. */
async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted)) return wanted;
    throw new Error(
      `Port ${wanted} is taken by another program. Choose another with --port, or leave it out.`,
    );
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + 50; port += 1) if (await isFree(port)) return port;
  throw new Error(`No free port from ${FIRST_PORT} to ${FIRST_PORT + 49}. Name one with --port.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", () => settle(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => settle(true)));
  });
}

/** Resolves true when the API answers; false when the server ended first. */
async function waitUntilUp(port: number, web: ChildProcess): Promise<boolean> {
  while (web.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/system`).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((settle) => setTimeout(settle, 200));
  }
  return false;
}
