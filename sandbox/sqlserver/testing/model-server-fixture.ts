import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SandboxClock } from "../model/sandbox-clock";
import { SqlServerModel } from "../model/sql-server-model";
import { SandboxHost } from "../sandbox-host";
import type { Frame, ResultSink, ServerMessage, SqlSession } from "../tsql/engine-host";
import { runBatch } from "../tsql/run-batch";
import type { SqlError } from "../tsql/sql-error";
import type { ColumnDef, SqlValue } from "../tsql/sql-type";

export interface CapturedResults {
  sets: { columns: readonly ColumnDef[]; rows: readonly (readonly SqlValue[])[] }[];
  messages: ServerMessage[];
  errors: SqlError[];
}

/** A server without a wire, for tests of the language and of the model. `clock.ms` moves its time. */
export function testServer(options: { scenario?: string; timeFactor?: number } = {}) {
  const clock = { ms: Date.UTC(2026, 2, 30, 4, 0, 0) };
  const folder = mkdtempSync(join(tmpdir(), "sandbox-sql-"));
  const model = new SqlServerModel(
    folder,
    new SandboxClock(options.timeFactor ?? 60_000, () => clock.ms),
    options.scenario ?? "clean",
    "sa",
  );
  const host = new SandboxHost(model);
  const session: SqlSession = {
    id: 90,
    database: "master",
    login: "sa",
    transactions: 0,
    noCount: false,
    lastError: 0,
    rowCount: 0,
    language: "us_english",
  };
  const run = async (sql: string): Promise<CapturedResults> => {
    const results: CapturedResults = { sets: [], messages: [], errors: [] };
    const sink: ResultSink = {
      resultSet: (columns, rows) => results.sets.push({ columns, rows }),
      rowsAffected: () => {},
      message: (message) => results.messages.push(message),
      error: (error) => results.errors.push(error),
      databaseChanged: () => {},
      flush: () => {},
    };
    const frame: Frame = {
      host,
      session,
      sink,
      signal: new AbortController().signal,
      variables: new Map(),
      temporary: [new Map()],
      depth: 0,
      line: 1,
    };
    await runBatch(sql, frame);
    return results;
  };
  return { model, run, clock, folder, session };
}
