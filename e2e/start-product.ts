import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

export interface Product {
  url: string;
  /** What calls of the sandbox's own pages carry. */
  sandboxHeaders(): Record<string, string>;
  stop(): Promise<void>;
}

/** Starts the product as a newcomer does, on a data folder of its own; resolves when it says that it is up. */
export async function startProduct(
  options: { scenario?: string; timeFactor?: number } = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-e2e-"));
  const child = spawn(
    process.execPath,
    [
      "scripts/run.mjs",
      "chainferry",
      "serve",
      "--port",
      String(await freePort()),
      "--scenario",
      options.scenario ?? "clean",
      "--time-factor",
      String(options.timeFactor ?? 120),
    ],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, CHAINFERRY_DATA: folder } },
  );
  const url = await addressOf(child);
  return {
    url,
    sandboxHeaders: () => {
      const endpoints = readFileSync(join(folder, "sandbox", "endpoints.json"), "utf8");
      return controlHeaders((JSON.parse(endpoints) as SandboxEndpoints).accessKeySecret);
    },
    stop: async () => {
      const ended = new Promise((settle) => child.once("exit", settle));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** From the system, not counted up from 3000: runs side by side do not meet. */
function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null ? settle(address.port) : fail(new Error("No port")),
      );
    });
  });
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((settle, fail) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      const match = /is up: (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
      if (match?.[1]) settle(match[1]);
    });
    child.once("exit", (code) =>
      fail(new Error(`The product ended with ${code} before it was up:\n${output}`)),
    );
  });
}
