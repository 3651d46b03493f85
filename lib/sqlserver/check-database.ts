import type mssql from "mssql";
import { quoteIdentifier } from "@/lib/diagnosis/quote-sql";
import { serverErrors } from "./classify-sql-error";
import { loadStatement } from "./load-statement";
import { asExternal, runRaw, type StatementRun } from "./run-statement";

/** A database with 100,000 tables prints twice as many lines; the verdict is in the last ones. */
const KEPT_LINES = 500;

/**
 * DBCC CHECKDB over its own connection. `ok: false` when consistency errors came back; an ExternalError when the
 * check itself could not run (permission, space for its snapshot, lost connection).
 * https://learn.microsoft.com/sql/t-sql/database-console-commands/dbcc-checkdb-transact-sql
 */
export async function checkDatabase(
  pool: mssql.ConnectionPool,
  database: string,
  options: { onMessage?: (text: string) => void; signal?: AbortSignal; secrets: readonly string[] },
): Promise<{ ok: boolean; lines: string[] }> {
  const lines: string[] = [];
  const keep = (text: string) => {
    lines.push(text);
    if (lines.length > KEPT_LINES) lines.shift();
    options.onMessage?.(text);
  };
  const run: StatementRun = {
    text: loadStatement("check-database", { database: quoteIdentifier(database) }),
    onInfo: ({ text }) => keep(text),
    secrets: options.secrets,
    ...(options.signal ? { signal: options.signal } : {}),
  };
  try {
    await runRaw(pool, run);
    return { ok: true, lines };
  } catch (error) {
    const findings = serverErrors(error).filter(({ number }) => isFinding(number));
    if (findings.length === 0) throw asExternal(error, run);
    for (const finding of findings) keep(finding.message);
    return { ok: false, lines };
  }
}

/** Numbers DBCC reports damage with: 2508–2599, 7965–7999, 8901–8999, and reads that fail underneath it. */
function isFinding(number: number): boolean {
  return (
    (number >= 2508 && number <= 2599 && number !== 2520) ||
    (number >= 7965 && number <= 7999 && number !== 7983) ||
    (number >= 8901 && number <= 8999 && number !== 8921) ||
    number === 605 ||
    number === 823 ||
    number === 824 ||
    number === 825
  );
}
