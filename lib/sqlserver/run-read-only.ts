import { isExternalError } from "@/lib/diagnosis/external-error";
import { quoteIdentifier } from "@/lib/diagnosis/quote-sql";
import { loadStatement, type StatementName, statementNames } from "./load-statement";
import { openPool } from "./open-pool";
import { textField } from "./row-fields";
import { runStatement } from "./run-statement";
import { parseServerVersion, type ServerVersion } from "./server-version";
import type { SourceServerConfig } from "./source-server";
import { chooseStatement } from "./statement-versions";

export interface ReadOnlyRun {
  name: StatementName;
  elapsedMs: number;
  outcome:
    | { kind: "rows"; rows: number }
    /** Not for this release, by its header. */
    | { kind: "other_release" }
    | { kind: "failed"; code: string; message: string };
}

/** These need a backup file to look into. */
const OF_A_FILE: ReadonlySet<StatementName> = new Set(["read-headers", "read-file-list"]);

/** Statements that only look: nothing on the server is different afterwards. */
export const readOnlyStatements: readonly StatementName[] = statementNames.filter(
  (name) => /^(list|read|find|count|identify)-|^check-rights$/.test(name) && !OF_A_FILE.has(name),
);

const NO_GUID = "00000000-0000-0000-0000-000000000000";

/** A value for every parameter of those statements: a database that is there, and ranges that fit anything. */
function valuesFor(database: string): Readonly<Record<string, string | number | null>> {
  return {
    db: database,
    name: null,
    limit: 5,
    days: 30,
    from: "0",
    to: "9".repeat(25),
    base_lsn: "0",
    base_guid: NO_GUID,
    set_guid: NO_GUID,
    path: null,
    like: null,
  };
}

/**
 * Runs every read-only statement against a server, one after the other, each in the words of its file. `database` is one
 * that the login sees; null: the first user database, or `master`. Throws ExternalError when the server cannot be
 * reached; what a single statement met is in its outcome.
 */
export async function* runReadOnly(
  config: SourceServerConfig,
  database: string | null,
): AsyncGenerator<ReadOnlyRun> {
  const secrets = [config.password];
  const pool = await openPool(config, { size: 1, requestTimeoutMs: 60_000 });
  try {
    const [who = {}] = await runStatement(pool, { text: loadStatement("identify-server"), secrets });
    const version = parseServerVersion(textField(who, "product_version") ?? "");
    const [first = {}] = await runStatement(pool, {
      text: loadStatement("list-databases"),
      parameters: { db: database },
      secrets,
    });
    const values = valuesFor(textField(first, "name") ?? "master");
    for (const name of readOnlyStatements) {
      const startedMs = performance.now();
      const outcome = await runOne(name, version, values, (text, parameters) =>
        runStatement(pool, { text, parameters, secrets }),
      );
      yield { name, elapsedMs: Math.round(performance.now() - startedMs), outcome };
    }
  } finally {
    await pool.close();
  }
}

async function runOne(
  name: StatementName,
  version: ServerVersion,
  values: Readonly<Record<string, string | number | null>>,
  run: (text: string, parameters: Record<string, string | number | null>) => Promise<readonly unknown[]>,
): Promise<ReadOnlyRun["outcome"]> {
  if (chooseStatement(version, [name]) === null) return { kind: "other_release" };
  const text = loadStatement(name, { database: quoteIdentifier(String(values.db)) });
  const declared = new Set([...text.matchAll(/\bDECLARE\s+(@\w+)/gi)].map((match) => match[1]));
  const wanted = [...new Set([...text.matchAll(/(?<!@)@(\w+)/g)].map((match) => match[1] ?? ""))];
  const parameters = Object.fromEntries(
    wanted
      .filter((key) => !declared.has(`@${key}`) && key in values)
      .map((key) => [key, values[key] ?? null]),
  );
  try {
    return { kind: "rows", rows: (await run(text, parameters)).length };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const { providerCode, providerMessage } = error.fields;
    return { kind: "failed", code: providerCode ?? "", message: providerMessage };
  }
}
