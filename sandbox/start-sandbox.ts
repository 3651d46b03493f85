import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LiveScenario } from "@/sandbox/scenario/live-scenario";
import { startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { type RunningOss, startOss } from "./oss/start-oss";
import { writeJson } from "./oss/write-json";
import { SANDBOX_INSTANCE_ID } from "./rds/initial-records";
import { startRds } from "./rds/start-rds";
import type { Sandbox, SandboxEndpoints, SandboxOptions } from "./sandbox";

const REGION_ID = "cn-hangzhou";
const BUCKET = "chainferry-sandbox";
const SQL_USER = "sa";
const DEFAULT_TIME_FACTOR = 60;

interface Stoppable {
  stop(): Promise<void>;
}

function isPortTaken(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES")
  );
}

/** The port asked for must be had; one remembered from the last start is only preferred. */
async function startOnPort<T>(
  asked: number | undefined,
  remembered: number | undefined,
  start: (port: number) => Promise<T>,
): Promise<T> {
  if (asked !== undefined && asked !== 0) return start(asked);
  try {
    return await start(remembered ?? 0);
  } catch (error) {
    if (remembered === undefined || !isPortTaken(error)) throw error;
    return start(0);
  }
}

function readRemembered(path: string): SandboxEndpoints | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as SandboxEndpoints) : null;
}

/** Starts what is given in order; when one fails, those before it are stopped again. */
class Started {
  readonly #servers: Stoppable[] = [];

  async add<T extends Stoppable>(starting: Promise<T>): Promise<T> {
    try {
      const server = await starting;
      this.#servers.push(server);
      return server;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const server of this.#servers.splice(0).reverse()) await server.stop();
  }
}

/**
 * Starts a source SQL Server, an OSS and an RDS (with RAM and STS) on loopback. Credentials are made up at the first
 * start of a folder and kept, ports are tried again; `endpoints.json` in the folder remembers both. Throws RangeError on
 * an unknown scenario or a time factor that is not positive. `PUT /sandbox/scenario` at the RDS's port changes what is played.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const folder = resolve(options.folder);
  const timeFactor = options.timeFactor ?? DEFAULT_TIME_FACTOR;
  const moreDatabases = options.moreDatabases ?? 0;
  if (!(timeFactor > 0) || !Number.isFinite(timeFactor)) {
    throw new RangeError(`The time factor must be a positive number, not ${timeFactor}`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "endpoints.json");
  const remembered = readRemembered(path);
  const scenario = new LiveScenario(options.scenario ?? "clean", remembered?.scenario);
  const accessKeyId = remembered?.accessKeyId ?? `LTAI5tSandbox${randomBytes(6).toString("hex")}`;
  const accessKeySecret = remembered?.accessKeySecret ?? randomBytes(15).toString("hex");
  const user = remembered?.sqlServer.user ?? SQL_USER;
  const password = remembered?.sqlServer.password ?? `Aa1!${randomBytes(9).toString("base64url")}`;
  const keys = { accessKeyId, accessKeySecret, regionId: REGION_ID, scenario };
  const portOf = (endpoint: string | undefined) =>
    endpoint === undefined ? undefined : Number(new URL(endpoint).port);

  const started = new Started();
  const sqlServer = await started.add(
    startOnPort(options.ports?.sqlServer, remembered?.sqlServer.port, (port) =>
      startSqlServer({
        folder: join(folder, "sqlserver"),
        port,
        timeFactor,
        scenario,
        user,
        password,
        moreDatabases,
      }),
    ),
  );
  const oss: RunningOss = await started.add(
    startOnPort(options.ports?.oss, portOf(remembered?.oss.endpoint), (port) =>
      startOss({ ...keys, folder: join(folder, "oss"), port, bucket: BUCKET }),
    ),
  );
  const rds = await started.add(
    startOnPort(options.ports?.rds, portOf(remembered?.rds.endpoint), (port) =>
      startRds({ ...keys, folder, port, timeFactor, objects: oss.files, moreDatabases }),
    ),
  );
  const endpoints: SandboxEndpoints = {
    sqlServer: {
      host: "127.0.0.1",
      port: sqlServer.port,
      user,
      password,
      backupFolder: sqlServer.backupFolder,
      localFolder: sqlServer.localFolder,
      databases: sqlServer.databases,
    },
    oss: { endpoint: `http://127.0.0.1:${oss.port}`, bucket: BUCKET, regionId: REGION_ID },
    rds: { endpoint: `http://127.0.0.1:${rds.port}`, regionId: REGION_ID, instanceId: SANDBOX_INSTANCE_ID },
    accessKeyId,
    accessKeySecret,
    scenario: scenario.names,
    timeFactor,
    pid: process.pid,
  };
  scenario.follow(() => writeJson(path, { ...endpoints, scenario: scenario.names }));
  return { endpoints, stop: () => started.stop() };
}
