import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import type { LiveScenario } from "@/sandbox/scenario/live-scenario";
import { addDatabase } from "./model/add-database";
import { SandboxClock } from "./model/sandbox-clock";
import { SERVER } from "./model/server-identity";
import { SqlServerModel } from "./model/sql-server-model";
import { SandboxHost } from "./sandbox-host";
import type { LoginRules } from "./wire/check-login";
import { loadCertificate } from "./wire/self-signed-certificate";
import { TdsConnection } from "./wire/tds-connection";
import { tlsContexts } from "./wire/tls-tunnel";

export interface SqlServerOptions {
  /** State, certificate and backup files live here; the same folder again goes on where it stopped. */
  folder: string;
  /** 0 or absent: any. */
  port?: number;
  /** How many server seconds of load and of backup work pass in one real second. */
  timeFactor: number;
  /** So many more databases, at the first start of the folder. */
  moreDatabases?: number;
  /** What is played, or its name when nobody will change it. */
  scenario: LiveScenario | string;
  user: string;
  password: string;
  /** Accounts of a domain, and logins that are refused. */
  logins?: Pick<LoginRules, "windows" | "refused">;
  /** TLS versions it speaks; `legacy` is 1.0 and 1.1. */
  tls?: "current" | "legacy";
}

export interface RunningSqlServer {
  port: number;
  /** As the server names it, `D:\Backup\`. */
  backupFolder: string;
  /** The same folder on this machine. */
  localFolder: string;
  databases: string[];
  model: SqlServerModel;
  /** Ends all connections, rolls running backups back, saves. */
  stop(): Promise<void>;
}

/**
 * Starts a SQL Server of the sandbox on loopback: TDS 7.4 (plain or TLS) and TDS 8. Rejects with the socket's error
 * when the port is taken.
 */
export async function startSqlServer(options: SqlServerOptions): Promise<RunningSqlServer> {
  mkdirSync(options.folder, { recursive: true });
  const clock = new SandboxClock(options.timeFactor);
  const { key, certificate } = loadCertificate(
    options.folder,
    ["localhost", "127.0.0.1", SERVER.machineName],
    clock.now(),
  );
  const model = new SqlServerModel(options.folder, clock, options.scenario, options.user);
  addMoreDatabases(model, options.moreDatabases ?? 0);
  const services = {
    model,
    host: new SandboxHost(model),
    tls: tlsContexts(key, certificate, options.tls),
    rules: { user: options.user, password: options.password, ...options.logins },
  };
  const connections = new Set<TdsConnection>();
  const server = createServer((socket) => {
    const connection = new TdsConnection(socket, services);
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.all([...connections].map((connection) => connection.close()));
    await closed;
    model.save();
  };
  return {
    port,
    backupFolder: SERVER.backupFolder,
    localFolder: model.localFolder,
    databases: model.state.databases.map((d) => d.name),
    model,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** A small one each, which was never backed up. */
function addMoreDatabases(model: SqlServerModel, count: number): void {
  for (let number = 1; number <= count; number += 1) {
    const name = `Shop${String(number).padStart(3, "0")}`;
    if (model.findDatabase(name) === null) addDatabase(model, name, "HRDB");
  }
}
