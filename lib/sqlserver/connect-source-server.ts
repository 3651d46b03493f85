import type mssql from "mssql";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { quoteIdentifier } from "@/lib/diagnosis/quote-sql";
import { pathsEndingIn, toBackupSet, toBackupSetFile, toRecordedSets } from "./backup-set-row";
import { buildBackupStatement } from "./build-backup-statement";
import { checkDatabase } from "./check-database";
import { identifyServer, readSessionEncryption } from "./identify-server";
import { loadStatement, type StatementName } from "./load-statement";
import { openPool } from "./open-pool";
import { readSourceFacts } from "./read-source-facts";
import { toBackupHistory, toRecordedBackups } from "./recorded-backup";
import { numberField, textField } from "./row-fields";
import { type Row, runStatement, type StatementRun } from "./run-statement";
import { parseServerVersion, type ServerVersion } from "./server-version";
import { sourceFailure } from "./source-failure";
import {
  toChainGuard,
  toRunningBackup,
  toSourceBackupRow,
  toSourceDatabase,
  toSourceSession,
} from "./source-rows";
import type { SourceBackupRequest, SourceServer, SourceServerConfig } from "./source-server";
import { chooseStatement } from "./statement-versions";

const READ_TIMEOUT_MS = 60_000;
/** A preflight asks some thirty things at once. */
const POOL_SIZE = 8;
/** Stripes of at most so many; a gap of more backups than that is told in part. */
const RECORDED_ROWS = 400;
const COMPRESSION_REFUSED = "1844";

/**
 * Connects to a source server. Short reads share a pool of four; what runs long or changes a database (BACKUP,
 * RESTORE, ALTER, CHECKDB) gets a connection of its own without a time limit, because the driver answers a time-out
 * with an attention, which makes the server roll a backup back. Throws ExternalError.
 */
export async function connectSourceServer(config: SourceServerConfig): Promise<SourceServer> {
  const pool = await openPool(config, { size: POOL_SIZE, requestTimeoutMs: READ_TIMEOUT_MS });
  try {
    await assertEncrypted(config, pool);
    return createSourceServer(config, pool);
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** The driver goes on in clear when a server answers that it has no TLS, so the session itself is asked. */
async function assertEncrypted(config: SourceServerConfig, pool: mssql.ConnectionPool): Promise<void> {
  if (config.encrypt === "off" || config.encrypt === "optional") return;
  if ((await readSessionEncryption(pool, [config.password])) !== false) return;
  throw sourceFailure(
    "invalid",
    "ENOTENCRYPTED",
    "The server did not encrypt the connection although TLS is on.",
  );
}

function createSourceServer(config: SourceServerConfig, pool: mssql.ConnectionPool): SourceServer {
  const secrets = [config.password];
  let version: ServerVersion | null = null;

  const read = async (
    name: StatementName,
    parameters: StatementRun["parameters"] = {},
    substitutions: Readonly<Record<string, string>> = {},
  ): Promise<Row[]> => {
    const rows = await runStatement(pool, { text: loadStatement(name, substitutions), parameters, secrets });
    config.onAnswer?.({ system: "sql_server", call: name, body: rows });
    return rows;
  };

  const withOwnConnection = async <T>(work: (own: mssql.ConnectionPool) => Promise<T>): Promise<T> => {
    const own = await openPool(config, { size: 1, requestTimeoutMs: 0 });
    try {
      return await work(own);
    } finally {
      await own.close().catch(() => undefined);
    }
  };

  const findDatabase = async (name: string) => {
    const [row] = await read("list-databases", { db: name });
    return row ? toSourceDatabase(row) : null;
  };

  /** The name as sys.databases spells it, quoted. */
  const quoteExisting = async (name: string): Promise<string> => {
    const found = await findDatabase(name);
    if (!found) throw sourceFailure("not_found", "911", `Database '${name}' does not exist.`);
    return quoteIdentifier(found.name);
  };

  const changeDatabase = async (name: StatementName, database: string): Promise<void> => {
    const text = loadStatement(name, { database: await quoteExisting(database) });
    await withOwnConnection((own) => runStatement(own, { text, changes: true, secrets }));
  };

  const serverVersion = async (): Promise<ServerVersion> => {
    version ??= parseServerVersion((await identifyServer(pool, secrets)).productVersion);
    return version;
  };

  return {
    facts: readSourceFacts({ read, version: serverVersion, quoteExisting }),

    async identify() {
      const identity = await identifyServer(pool, secrets);
      const { major } = parseServerVersion(identity.productVersion);
      config.onAnswer?.({ system: "sql_server", call: "identify-server", body: { ...identity, major } });
      return identity;
    },

    listDatabases: async () => (await read("list-databases", { db: null })).map(toSourceDatabase),

    findDatabase,

    async backup(request, options = {}) {
      const { onPercent, signal } = options;
      const run = (own: mssql.ConnectionPool, how: SourceBackupRequest) =>
        runStatement(own, {
          ...buildBackupStatement(how),
          changes: true,
          secrets,
          onInfo: ({ number, text: message }) => {
            const percent = number === 3211 ? /\d+/.exec(message)?.[0] : undefined;
            if (percent !== undefined) onPercent?.(Number(percent));
          },
          ...(signal ? { signal } : {}),
        });
      await withOwnConnection(async (own) => {
        try {
          await run(own, request);
        } catch (error) {
          // Which edition compresses is the server's to say: it refuses before it writes a byte.
          const refused = isExternalError(error) && error.fields.providerCode === COMPRESSION_REFUSED;
          if (!refused || !request.compression) throw error;
          await run(own, { ...request, compression: false });
        }
      });
    },

    async findBackup({ database, name }) {
      const [row] = await read("list-backups", { db: database, name, limit: 1 });
      return row ? toSourceBackupRow(row) : null;
    },

    listBackups: async ({ database, limit }) =>
      (await read("list-backups", { db: database, name: null, limit })).map(toSourceBackupRow),

    findBackupsInRange: async ({ database, fromLsn, toLsn }) =>
      toRecordedBackups(
        await read("find-backups-in-range", { db: database, from: fromLsn, to: toLsn, limit: RECORDED_ROWS }),
      ),

    findFullBackups: async ({ database, baseGuid, baseLsn }) =>
      toRecordedBackups(
        await read("find-full-backups", {
          db: database,
          base_guid: baseGuid,
          base_lsn: baseLsn,
          limit: RECORDED_ROWS,
        }),
      ),

    readBackupHistory: async (database) =>
      toBackupHistory((await read("read-backup-history", { db: database }))[0]),

    async listReplicas(database) {
      if (chooseStatement(await serverVersion(), ["list-replicas"]) === null) return [];
      return (await read("list-replicas", { db: database })).map(
        (row) => textField(row, "server_name") ?? "",
      );
    },

    listRunningBackups: async (database) =>
      (await read("list-running-backups", { db: database })).map(toRunningBackup),

    async readHeaders(path) {
      const { major, build } = await serverVersion();
      return withOwnConnection(async (own) => {
        const headers = await runStatement(own, {
          text: loadStatement("read-headers"),
          parameters: { path, major, build },
          secrets,
        });
        const list = await runStatement(own, {
          text: loadStatement("read-file-list"),
          parameters: { path },
          secrets,
        });
        const files = list.map(toBackupSetFile);
        // The list is of the first set.
        return headers.flatMap((row, i) => toBackupSet(row, i === 0 ? files : []) ?? []);
      });
    },

    async findRecordedSets(query) {
      const parameters = {
        set_guid: "setGuid" in query ? query.setGuid : null,
        path: "path" in query ? query.path : null,
        like: "file" in query ? pathsEndingIn(query.file) : null,
        limit: RECORDED_ROWS,
      };
      return toRecordedSets(await read("find-recorded-sets", parameters));
    },

    async verifyBackup(path) {
      const text = loadStatement("verify-backup");
      await withOwnConnection((own) => runStatement(own, { text, parameters: { path }, secrets }));
    },

    async listSessions(database) {
      const name =
        chooseStatement(await serverVersion(), ["list-sessions", "list-sessions-2008"]) ??
        "list-sessions-2008";
      return (await read(name, { db: database })).map(toSourceSession);
    },

    async readChainGuard(database) {
      const [row] = await read("read-chain-guard", { db: database });
      return row ? toChainGuard(row) : null;
    },

    async readChainGuards() {
      const rows = await read("read-chain-guard", { db: null });
      return new Map(rows.map((row) => [textField(row, "database_name") ?? "", toChainGuard(row)]));
    },

    async logBytesSinceBackup(database) {
      if (chooseStatement(await serverVersion(), ["read-log-since-backup"]) === null) return null;
      const [row] = await read("read-log-since-backup", { db: database });
      return row ? numberField(row, "log_bytes") : null;
    },

    async rowCounts(database) {
      const rows = await read("count-rows", {}, { database: await quoteExisting(database) });
      return Object.fromEntries(
        rows.map((row) => [
          `${textField(row, "schema_name") ?? ""}.${textField(row, "table_name") ?? ""}`,
          numberField(row, "row_count") ?? 0,
        ]),
      );
    },

    restrictUsers: (database) => changeDatabase("restrict-users", database),
    allowUsers: (database) => changeDatabase("allow-users", database),
    allowOneUser: (database) => changeDatabase("allow-one-user", database),
    recover: (database) => changeDatabase("recover-database", database),
    setRecoveryFull: (database) => changeDatabase("set-recovery-full", database),

    async checkDatabase(database, options = {}) {
      await quoteExisting(database);
      return withOwnConnection((own) => checkDatabase(own, database, { ...options, secrets }));
    },

    close: async () => {
      await pool.close();
    },
  };
}
