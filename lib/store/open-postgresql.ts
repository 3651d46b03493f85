import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/lib/store/generated/client";
import { migrateStore, type Session } from "@/lib/store/migrate-store";
import { NO_NAMES, statementNames } from "@/lib/store/statement-names";
import type { Store } from "@/lib/store/store";
import { storeError } from "@/lib/store/store-error";
import { TRANSACTION_OPTIONS } from "@/lib/store/transaction-options";

/** A server whose machine is gone in the middle of a statement says nothing ever again: the system asks it whether it is there. */
const CONNECTION = {
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const satisfies pg.PoolConfig;

const LOST =
  "The connection to PostgreSQL was lost in the middle (a restart, or idle_in_transaction_session_timeout). What was begun on it is undone: try again.";

/**
 * A PostgreSQL server that several processes may share.
 * @throws AppError `store_unreachable` (params: host, message) when it can't be connected to.
 */
export async function openPostgresql(projectRoot: string, databaseUrl: string): Promise<Store> {
  await migrateOnOneConnection(projectRoot, databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, ...CONNECTION });
  // Without a listener a broken idle connection would end the process; the pool replaces it by itself.
  pool.on("error", () => undefined);
  const nameOf = (await reachesOneServer(pool)) ? statementNames() : NO_NAMES;
  const adapter = new PrismaPg(pool, {
    statementNameGenerator: ({ sql, args }) => nameOf(sql, args.length),
  });
  const db = new PrismaClient({ adapter, transactionOptions: TRANSACTION_OPTIONS });
  let closing: Promise<void> | null = null;
  const close = async () => {
    await db.$disconnect();
    await pool.end();
  };
  return {
    db,
    kind: "postgresql",
    executeSql: (text, values = []) => runLast(pool, { text, values, name: nameOf(text, values.length) }),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function migrateOnOneConnection(projectRoot: string, databaseUrl: string): Promise<void> {
  await onOneConnection(databaseUrl, ({ run, pool }) =>
    migrateStore(projectRoot, { run, adapter: new PrismaPg(pool) }),
  );
}

/**
 * One connection for `work`, closed afterwards: what it begins goes on where it left off, also after a statement that failed. Once it is lost
 * every statement rejects: on another a COMMIT would be of nothing, and answered as if all were there.
 * @throws AppError `store_unreachable` (params: host, message) when it can't be connected to.
 */
export async function onOneConnection<T>(
  databaseUrl: string,
  work: (connection: { run: Session["run"]; pool: pg.Pool }) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: databaseUrl, ...CONNECTION, max: 1 });
  pool.on("error", () => undefined);
  try {
    const client = await pool.connect().catch((error: unknown) => {
      throw unreachable(databaseUrl, error);
    });
    client.on("error", () => undefined);
    const release = client.release.bind(client);
    try {
      const one = heldBy(pool, client);
      return await work({ pool: one, run: async (sql) => (await runLast(one, { text: sql })).rows });
    } finally {
      release(true);
    }
  } finally {
    await pool.end();
  }
}

/** The pool, of which everybody gets this one connection. By itself it would close one on which a statement failed, and the transaction with it. */
function heldBy(pool: pg.Pool, client: pg.PoolClient): pg.Pool {
  const query = async (text: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> => {
    try {
      return await (typeof text === "string" ? client.query(text, values) : client.query(text));
    } catch (error) {
      throw error instanceof Error && /not queryable|Connection terminated/.test(error.message)
        ? new Error(LOST, { cause: error })
        : error;
    }
  };
  const held = Object.assign(client, { release: () => undefined });
  return Object.assign(pool, { query, connect: () => Promise.resolve(held) });
}

function unreachable(databaseUrl: string, error: unknown): Error {
  const message =
    error instanceof Error ? error.message || String(Reflect.get(error, "code")) : String(error);
  const host = serverOf(databaseUrl);
  return storeError(
    "external_failure",
    "store_unreachable",
    { host, message },
    `The PostgreSQL server ${host} of DATABASE_URL can't be used: ${message}${aboutTls(message)}`,
  );
}

/** Throws AppError `store_absent` (params: folder, which is server and database) where no start has made a store yet; makes nothing. */
export async function assertStoreIn(databaseUrl: string, run: Session["run"]): Promise<void> {
  const [found] = await run(
    `SELECT current_database() AS "database" WHERE to_regclass('_prisma_migrations') IS NULL`,
  );
  if (found === undefined) return;
  const folder = `${serverOf(databaseUrl)}/${Reflect.get(Object(found), "database")}`;
  throw storeError(
    "not_found",
    "store_absent",
    { folder },
    `There is no store in ${folder}. DATABASE_URL names another database, or nothing has been started on it yet.`,
  );
}

/**
 * Whether a connection is one of the server itself. A pooler between, which may give each transaction to another server, names a process of its own
 * in its answer, since that is by which it is asked to cancel: https://www.postgresql.org/docs/current/protocol-flow.html (BackendKeyData).
 */
async function reachesOneServer(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect().catch(() => null);
  if (client === null) return false;
  try {
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    return rows[0]?.pid === Reflect.get(client, "processID");
  } catch {
    return false;
  } finally {
    client.release();
  }
}

async function runLast(pool: pg.Pool, query: pg.QueryConfig): Promise<{ rows: unknown[] }> {
  // Several statements answer with a list of results.
  const answer: pg.QueryResult | pg.QueryResult[] = await pool.query(query);
  const last = Array.isArray(answer) ? answer.at(-1) : answer;
  return last ?? { rows: [] };
}

/** TLS is asked for beyond this machine, also where nobody wrote so. */
function aboutTls(message: string): string {
  if (!/SSL|certificate|altnames/i.test(message)) return "";
  return ". Its own authority: sslrootcert=FILE in DATABASE_URL; a network that is yours alone: sslmode=disable";
}

/** Host and port, without the password. */
export function serverOf(databaseUrl: string): string {
  try {
    return new URL(databaseUrl).host || "localhost";
  } catch {
    return "?";
  }
}
