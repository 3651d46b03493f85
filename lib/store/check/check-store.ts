import { z } from "zod";
import { isAppError } from "@/lib/diagnosis/app-error";
import { compareMigrations, type Session } from "@/lib/store/migrate-store";
import { readMigrationScripts } from "@/lib/store/migration-folder";
import type { StoreOptions } from "@/lib/store/open-store";
import { findProjectRoot } from "@/lib/store/project-root";
import { checkRecords } from "./check-records";
import { type Ask, readEverything } from "./read-everything";
import type { StoreFinding, StoreReport } from "./store-report";

/**
 * Reads the whole store without migrating it and without an engine, in one transaction that can't write: on PostgreSQL other
 * processes may go on meanwhile. An embedded store is opened by PostgreSQL, which first recovers what a kill left.
 * @throws AppError `store_locked` while a process has the embedded store, `store_absent` (params: folder) when there is
 * none, `store_unreachable`.
 */
export async function checkStore({ databaseUrl, folder }: StoreOptions): Promise<StoreReport> {
  if (databaseUrl === null) return checkEmbedded(folder);
  const { assertStoreIn, onOneConnection, serverOf } = await import("@/lib/store/open-postgresql");
  return onOneConnection(databaseUrl, async ({ run }) => {
    await assertStoreIn(databaseUrl, run);
    return { kind: "postgresql", place: serverOf(databaseUrl), ...(await checkSession(run)) };
  });
}

async function checkEmbedded(folder: string): Promise<StoreReport> {
  const { filesOf, onClosedStore } = await import("@/lib/store/open-embedded");
  const place = filesOf(folder);
  try {
    return await onClosedStore(folder, async (pglite) => {
      const run: Session["run"] = async (sql) => (await pglite.exec(sql)).at(-1)?.rows ?? [];
      return { kind: "embedded", place, ...(await checkSession(run)) };
    });
  } catch (error) {
    if (!isAppError(error) || error.fields.reason !== "store_damaged") throw error;
    const what = String(error.fields.params.damage);
    return {
      kind: "embedded",
      place,
      sound: false,
      migrations: { applied: [], missing: [], newer: [], changed: [] },
      counts: {},
      findings: [{ check: "files", severity: "damage", subject: place, what }],
    };
  }
}

async function checkSession(run: Session["run"]): Promise<Omit<StoreReport, "kind" | "place">> {
  const scripts = await readMigrationScripts(findProjectRoot());
  await run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    const ask = askIn(run);
    const migrations = await compareMigrations(run, scripts);
    const { counts, findings } = await readEverything(ask);
    const same = migrations.missing.length + migrations.newer.length + migrations.changed.length === 0;
    // The tables and columns of another version are not this one's to judge.
    if (same && findings.length === 0) findings.push(...(await checkRecords(ask)));
    findings.unshift(...migrationFindings(migrations));
    return { sound: findings.every(({ severity }) => severity === "notice"), migrations, counts, findings };
  } finally {
    await run("ROLLBACK").catch(() => undefined);
  }
}

function askIn(run: Session["run"]): Ask {
  return async (sql, row) => {
    await run("SAVEPOINT question");
    try {
      const rows = (await run(sql)).map((each) => row.parse(each));
      await run("RELEASE SAVEPOINT question");
      return rows;
    } catch (error) {
      await run("ROLLBACK TO SAVEPOINT question");
      const message = error instanceof Error ? error.message : String(error);
      return { failed: `${message}${await nameRelation(run, message)}` };
    }
  };
}

/** PostgreSQL names files by number: whose this one is, where the catalogue can still tell. */
async function nameRelation(run: Session["run"], message: string): Promise<string> {
  const [, number] = /"base\/\d+\/(\d+)/.exec(message) ?? [];
  if (number === undefined) return "";
  const [row] = await run(`SELECT pg_filenode_relation(0, ${number})::regclass::text AS name`);
  const { name } = z.object({ name: z.string().nullable() }).parse(row);
  return name === null ? "" : `, the file of ${name}`;
}

function migrationFindings({ missing, newer, changed }: StoreReport["migrations"]): StoreFinding[] {
  const told = (severity: StoreFinding["severity"], names: readonly string[], what: string) =>
    names.map((subject): StoreFinding => ({ check: "migrations", severity, subject, what }));
  return [
    ...told("damage", newer, "was applied by a newer Chainferry: start that version"),
    ...told("damage", changed, "is not the script that made this store: put the released file back"),
    ...told("notice", missing, "is not applied yet: the next start does, records are checked after it"),
  ];
}
