import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "@/sandbox/start-sandbox";
import { untilAskedToEnd } from "./until-asked-to-end";

export interface SandboxCommandOptions {
  /** Absent: a temporary folder, removed at the end. */
  folder?: string;
  scenario: string;
  timeFactor: number;
  moreDatabases?: number;
  /** Whether the endpoints are printed as JSON (they are) or also explained to a person on stderr. */
  json: boolean;
}

/**
 * `chainferry sandbox`: prints SandboxEndpoints as one JSON line on stdout, then stays up until SIGINT or SIGTERM. Throws
 * RangeError on an unknown scenario.
 */
export async function runSandboxCommand(options: SandboxCommandOptions): Promise<void> {
  const isTemporary = options.folder === undefined;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "chainferry-sandbox-"));
  try {
    const { scenario, timeFactor, moreDatabases = 0 } = options;
    const sandbox = await startSandbox({ folder, scenario, timeFactor, moreDatabases });
    const stopped = untilAskedToEnd();
    console.log(JSON.stringify(sandbox.endpoints));
    if (!options.json) {
      const { sqlServer, oss, rds } = sandbox.endpoints;
      console.error(
        `SQL Server 127.0.0.1:${sqlServer.port} · OSS ${oss.endpoint} · RDS ${rds.endpoint} · Ctrl+C to stop`,
      );
    }
    await stopped;
    await sandbox.stop();
  } finally {
    if (isTemporary) rmSync(folder, { recursive: true, force: true });
  }
}
