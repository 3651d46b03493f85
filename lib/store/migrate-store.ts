import { setTimeout as sleep } from "node:timers/promises";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { errorCode } from "@/lib/diagnosis/error-code";
import { throwDriverAdapterError } from "@/lib/store/driver-adapter-error";
import { type MigrationScript, readMigrationScripts } from "@/lib/store/migration-folder";
import { applyScripts } from "@/lib/store/schema-engine";
import { storeError } from "@/lib/store/store-error";

/** One database session: every statement runs on the same connection. */
export interface Session {
  /** One statement or a script; the last result's rows. */
  run(sql: string): Promise<unknown[]>;
  adapter: SqlMigrationAwareDriverAdapterFactory;
}

/** Any number, the same in every process: who migrates this database holds it until the end of the transaction. */
const MIGRATION_LOCK = 7_410_250_817;

/**
 * Who waits for a table that others read holds up everybody who asks for it after: a start beside a backup would stop all pages and steps until
 * the backup is made. So it is not waited for long, and tried again.
 * https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
 */
const LOCK_TIMEOUT_MS = 2_000;
const LOCK_NOT_AVAILABLE = "55P03";
/** A quarter of an hour. */
const PATIENCE = { tries: 130, pauseMs: 5_000 };

/**
 * Brings the store to `prisma/migrations`. When there is nothing to do it is two queries. Otherwise everything
 * happens in one transaction: a kill leaves either the old store or the new one, and other processes wait.
 * @throws AppError `store_newer` when a newer Chainferry migrated this store; Error when its tables are in use for longer than `patience`.
 */
export async function migrateStore(
  projectRoot: string,
  session: Session,
  patience: { tries: number; pauseMs: number } = PATIENCE,
): Promise<string[]> {
  const scripts = await readMigrationScripts(projectRoot);
  if ((await countPending(session, scripts)) === 0) return [];
  for (let tried = 1; ; tried += 1) {
    try {
      return await migrateAnd(projectRoot, session, scripts, (applied) => Promise.resolve(applied));
    } catch (error) {
      if (!(error instanceof Error) || errorCode(error.cause) !== LOCK_NOT_AVAILABLE) throw error;
      if (tried >= patience.tries) throw inUse(error);
      await sleep(patience.pauseMs);
    }
  }
}

function inUse(cause: Error): Error {
  return new Error(
    "The store can't be brought up to date: its tables are in use all the time, by a backup for one (pg_stat_activity tells by whom). " +
      "It is as it was. Start again when that is over.",
    { cause },
  );
}

/**
 * Brings the store to `scripts`, then does `more` (told which were applied), all of it in one transaction in which no other process migrates.
 * @throws AppError `store_newer`, and what `more` throws; nothing is changed then.
 */
export async function migrateAnd<T>(
  projectRoot: string,
  session: Session,
  scripts: readonly MigrationScript[],
  more: (applied: string[]) => Promise<T>,
): Promise<T> {
  const scriptErrors: unknown[] = [];
  await session.run("BEGIN");
  try {
    await session.run(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await session.run(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    const pending = await countPending(session, scripts);
    const applied =
      pending === 0 ? [] : await applyScripts(projectRoot, withWholeScripts(session, scriptErrors), scripts);
    const done = await more(applied);
    await session.run("COMMIT");
    return done;
  } catch (error) {
    // A connection that is gone has rolled back by itself.
    await session.run("ROLLBACK").catch(() => undefined);
    const [cause = error] = scriptErrors;
    const message = cause instanceof Error ? cause.message : String(cause);
    // A role that only adds to the store is not the one that makes and changes its tables.
    const denied = /^.*(?:permission denied|must be owner).*$/m.exec(message)?.[0] ?? null;
    if (denied !== null) {
      const hint = "The owner does: chainferry update-store, with the owner in DATABASE_URL.";
      throw new Error(`The role of DATABASE_URL may not bring the store up to date: ${denied}. ${hint}`, {
        cause,
      });
    }
    if (scriptErrors.length === 0) throw error;
    throw new Error(`A script of prisma/migrations failed, the store is as it was: ${message}`, { cause });
  }
}

/**
 * Sends each script whole: Prisma's adapter for `pg` cuts at every semicolon, that for PGlite does not wait. Keeps a
 * script's error, because the engine goes on to write it down in the transaction that it broke.
 */
function withWholeScripts(session: Session, errors: unknown[]): SqlMigrationAwareDriverAdapterFactory {
  const { adapter: factory, run } = session;
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect();
      adapter.executeScript = async (script) => {
        await run(script).catch((error: unknown) => {
          errors.push(error);
          throwDriverAdapterError(error);
        });
      };
      return adapter;
    },
  };
}

/** How a store's migrations stand against this program's, by name. */
export interface MigrationsStanding {
  applied: string[];
  /** Of this program, not applied yet: the next start does. */
  missing: string[];
  /** Applied by a newer program. */
  newer: string[];
  /** Applied from another script than this program has under that name. */
  changed: string[];
}

/** Only reads; a database without Prisma's table has had none. */
export async function compareMigrations(
  run: Session["run"],
  scripts: readonly MigrationScript[],
): Promise<MigrationsStanding> {
  const [table] = await run(`SELECT to_regclass('_prisma_migrations')::text AS name`);
  const rows =
    readText(table, "name") === null
      ? []
      : await run(
          `SELECT migration_name, checksum FROM _prisma_migrations
           WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
        );
  const applied = new Map(
    rows.map((row) => [readText(row, "migration_name") ?? "?", readText(row, "checksum")]),
  );
  const known = new Set(scripts.map(({ name }) => name));
  return {
    applied: [...applied.keys()],
    missing: scripts.map(({ name }) => name).filter((name) => !applied.has(name)),
    newer: [...applied.keys()].filter((name) => !known.has(name)),
    changed: scripts
      .filter(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
      .map(({ name }) => name),
  };
}

async function countPending(session: Session, scripts: readonly MigrationScript[]): Promise<number> {
  const { newer, changed, missing } = await compareMigrations(session.run, scripts);
  if (newer.length > 0) {
    const migrations = newer.join(", ");
    throw storeError(
      "precondition_failed",
      "store_newer",
      { migrations },
      `A newer Chainferry has changed this store (${migrations}). Start that version, or restore an older copy.`,
    );
  }
  const [migration] = changed;
  if (migration !== undefined) {
    throw storeError(
      "precondition_failed",
      "store_script_changed",
      { migration },
      `prisma/migrations/${migration} is not the script that made this store. Put the released file back.`,
    );
  }
  return missing.length;
}

function readText(row: unknown, key: string): string | null {
  if (typeof row !== "object" || row === null) return null;
  const value: unknown = Reflect.get(row, key);
  return typeof value === "string" ? value : null;
}
