import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";

export interface PostgresServer {
  /** URL of a new, empty database on it. */
  createDatabase(name: string): Promise<string>;
  /** Ends it at once, as a crash does, runs `meanwhile` and starts it on the same files and port. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** For tests and benchmarks: the folder with `initdb` and `postgres` of an installed server, or null. */
export function findPostgresPrograms(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    "/usr/local/bin",
    "/usr/bin",
  ];
  const found = folders.find((folder) =>
    ["initdb", "postgres"].every((name) => existsSync(path.join(folder, name))),
  );
  return found !== undefined && (process.getuid?.() !== 0 || findUserId("postgres") !== null) ? found : null;
}

/** For tests and benchmarks: a PostgreSQL server of its own on loopback, in a temporary folder. It refuses to run as root. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "chainferry-pg-"));
  const userId = process.getuid?.() === 0 ? findUserId("postgres") : null;
  const identity = userId === null ? {} : { uid: userId, gid: userId };
  if (userId !== null) chownSync(folder, userId, userId);
  const files = path.join(folder, "files");
  const initArgs = ["-D", files, "-U", "owner", "--auth=trust", "--encoding=UTF8", "--no-sync"];
  execFileSync(path.join(programs, "initdb"), initArgs, { ...identity, cwd: folder, stdio: "ignore" });
  const port = await findFreePort();
  const url = (database: string) => `postgresql://owner@127.0.0.1:${port}/${database}`;
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(
      path.join(programs, "postgres"),
      ["-D", files, "-k", folder, "-h", "127.0.0.1", "-p", String(port), "-F"],
      { ...identity, cwd: folder, stdio: "ignore" },
    );
    await waitUntilReady(url("postgres"), started);
    return started;
  };
  let server = await start();
  const end = async () => {
    const ended = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGQUIT");
    await ended;
  };
  return {
    createDatabase: async (name) => {
      await runOnce(url("postgres"), `CREATE DATABASE "${name}"`);
      return url(name);
    },
    restart: async (meanwhile) => {
      await end();
      await meanwhile?.();
      server = await start();
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true });
    },
  };
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    try {
      await runOnce(url, "SELECT 1");
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function runOnce(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function findUserId(name: string): number | null {
  try {
    return Number(
      execFileSync("id", ["-u", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return null;
  }
}
