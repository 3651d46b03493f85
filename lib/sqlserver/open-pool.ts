import { isIP } from "node:net";
import mssql from "mssql";
import { classifySqlError } from "./classify-sql-error";
import type { SourceServerConfig } from "./source-server";

export interface OpenPoolOptions {
  size: number;
  /** 0: no limit. */
  requestTimeoutMs: number;
}

const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Connects a pool whose sessions start in `master`: BACKUP and ALTER DATABASE must not stand in the database they
 * work on. Throws ExternalError; providerCode tells a wrong host (`ENOTFOUND`), port (`ECONNREFUSED`), TLS (`ETLS`,
 * `EENCRYPT`) and login (18456) apart.
 */
export async function openPool(
  config: SourceServerConfig,
  options: OpenPoolOptions,
): Promise<mssql.ConnectionPool> {
  const connectTimeoutMs = config.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  let loginErrorNumber: number | null = null;
  try {
    const pool = new mssql.ConnectionPool({
      server: config.host,
      user: config.user,
      password: config.password,
      database: "master",
      connectionTimeout: connectTimeoutMs,
      requestTimeout: options.requestTimeoutMs,
      pool: { max: options.size, min: 0, idleTimeoutMillis: 30_000, acquireTimeoutMillis: 60_000 },
      ...(config.instanceName ? {} : { port: config.port ?? 1433 }),
      options: {
        appName: "Chainferry",
        encrypt: config.encrypt === "strict" ? "strict" : config.encrypt === "on",
        trustServerCertificate: config.trustServerCertificate,
        ...(config.instanceName ? { instanceName: config.instanceName } : {}),
        // An address is no name for TLS (RFC 6066), Node warns; it does not matter where certificates are not compared.
        ...(isIP(config.host) !== 0 && config.trustServerCertificate ? { serverName: "sql-server" } : {}),
      },
      beforeConnect(connection) {
        connection.on("errorMessage", (token: { number?: number }) => {
          loginErrorNumber = token.number ?? null;
        });
      },
    });
    // Failures of a single connection reach the request that asked for it; without a listener they would end the process.
    pool.on("error", () => undefined);
    return await pool.connect();
  } catch (error) {
    throw classifySqlError(error, { loginErrorNumber, secrets: [config.password] });
  }
}
