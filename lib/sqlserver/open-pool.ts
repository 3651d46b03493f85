import mssql from "mssql";
import { classifySqlError } from "./classify-sql-error";
import { findInstancePort } from "./find-instance-port";
import { type LoginError, noteLoginErrors } from "./login-errors";
import { openSocket, refuseClearText, type SocketTarget } from "./open-socket";
import { readLogin } from "./read-login";
import type { SourceServerConfig } from "./source-server";
import { tlsOptions } from "./tls-options";

export interface OpenPoolOptions {
  size: number;
  /** 0: no limit. */
  requestTimeoutMs: number;
}

const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Connects a pool whose sessions start in `master`: BACKUP and ALTER DATABASE must not stand in the database they
 * work on. Throws ExternalError; providerCode tells a wrong host (`ENOTFOUND`), instance (`EBROWSER`, `EINSTLOOKUP`),
 * port (`ECONNREFUSED`), TLS (`ETLS…`, `EENCRYPT`), login (18456, 18452 …) and database (4060) apart.
 */
export async function openPool(
  config: SourceServerConfig,
  options: OpenPoolOptions,
): Promise<mssql.ConnectionPool> {
  const connectTimeoutMs = config.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  const loginErrors: LoginError[] = [];
  const mayGoInClear = config.encrypt === "off" || config.encrypt === "optional";
  try {
    const port = config.instanceName
      ? await findInstancePort({
          host: config.host,
          instanceName: config.instanceName,
          timeoutMs: connectTimeoutMs,
          ...(config.browserPort ? { browserPort: config.browserPort } : {}),
        })
      : (config.port ?? 1433);
    const pool = new mssql.ConnectionPool({
      server: config.host,
      port,
      ...readLogin(config),
      database: "master",
      connectionTimeout: connectTimeoutMs,
      requestTimeout: options.requestTimeoutMs,
      // Asking `SELECT 1` before every statement would double the way to a server that is far.
      validateConnection: "socket",
      pool: { max: options.size, min: 0, idleTimeoutMillis: 30_000, acquireTimeoutMillis: 60_000 },
      // Read-only replicas of an availability group take no log backup that we need.
      options: {
        appName: "Chainferry",
        readOnlyIntent: false,
        ...tlsOptions(config),
        // Called by the driver for each connection, also for one that a server routes it to.
        connector: async (
          target: SocketTarget = { host: config.host, port },
          _lookup?: unknown,
          signal?: AbortSignal,
        ) => {
          const socket = await openSocket(target, signal);
          return mayGoInClear ? socket : refuseClearText(socket);
        },
      },
      beforeConnect: (connection) => noteLoginErrors(connection, loginErrors),
    });
    // Failures of a single connection reach the request that asked for it; without a listener they would end the process.
    pool.on("error", () => undefined);
    return await pool.connect();
  } catch (error) {
    throw classifySqlError(error, { connecting: true, loginErrors, secrets: [config.password] });
  }
}
