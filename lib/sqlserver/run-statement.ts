import mssql from "mssql";
import { classifySqlError } from "./classify-sql-error";

export type Row = Readonly<Record<string, unknown>>;

export interface StatementRun {
  text: string;
  /** Sent as sp_executesql parameters: strings as nvarchar, integers as int. */
  parameters?: Readonly<Record<string, string | number | null>>;
  /** It changes something: see `SqlErrorContext.changes`. */
  changes?: boolean;
  /** INFO tokens as they arrive, while the statement still runs. */
  onInfo?: (info: { number: number; text: string }) => void;
  /** Aborting sends an attention: the server stops the statement and rolls it back. */
  signal?: AbortSignal;
  secrets?: readonly string[];
}

/** Runs one statement to its end and returns the rows of its last result set. Throws what the driver throws. */
export async function runRaw(pool: mssql.ConnectionPool, run: StatementRun): Promise<Row[]> {
  run.signal?.throwIfAborted();
  const request = pool.request();
  for (const [name, value] of Object.entries(run.parameters ?? {})) {
    if (typeof value === "number") request.input(name, mssql.Int, value);
    else request.input(name, mssql.NVarChar(512), value);
  }
  const { onInfo, signal } = run;
  if (onInfo) {
    request.on("info", (info: { number: number; message: string }) =>
      onInfo({ number: info.number, text: info.message }),
    );
  }
  const cancel = () => request.cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    const result = await request.query<Row>(run.text);
    const sets = Array.isArray(result.recordsets) ? result.recordsets : [];
    return sets.at(-1) ?? [];
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** `runRaw`, with failures as ExternalError. */
export async function runStatement(pool: mssql.ConnectionPool, run: StatementRun): Promise<Row[]> {
  try {
    return await runRaw(pool, run);
  } catch (error) {
    throw asExternal(error, run);
  }
}

/** An abort before anything was sent is told in the same words as one that the server acknowledged. */
export function asExternal(error: unknown, run: StatementRun): Error {
  const aborted = run.signal?.aborted === true && error === run.signal.reason;
  return classifySqlError(aborted ? { code: "ECANCEL", message: "Canceled." } : error, {
    changes: run.changes ?? false,
    secrets: run.secrets ?? [],
  });
}
