import type { SqlError } from "./sql-error";
import type { ColumnDef, SqlType, SqlValue } from "./sql-type";
import type { Statement } from "./statement";

/** Rows a query can read, the first `limit` of them. `rowCount` answers COUNT(*) without making the rows. */
export interface TableSource {
  columns: readonly ColumnDef[];
  rows(limit?: number): SqlValue[][];
  rowCount?(): number;
}

export interface TableFunction {
  columns: readonly ColumnDef[];
  parameters: readonly SqlType[];
  rows(args: readonly SqlValue[]): SqlValue[][];
}

export interface ScalarFunction {
  /** How many arguments it takes; the types they are converted to, `any` for as they come. */
  min: number;
  max: number;
  parameters: readonly (SqlType | "any")[];
  /** The first argument is a word such as `day`, not an expression. */
  datepart?: boolean;
  /** Called even with NULL arguments; otherwise one NULL makes the result NULL. */
  acceptsNull?: boolean;
  type(args: readonly SqlType[]): SqlType;
  run(args: readonly SqlValue[], frame: Frame, types: readonly SqlType[]): SqlValue;
}

export interface Procedure {
  parameters: readonly { name: string; type: SqlType }[];
  /** Runs it; values left in `args` reach the caller's OUTPUT variables. Returns the return status. */
  run(args: SqlValue[], frame: Frame): Promise<number>;
}

/** Where a request's results go, in order. */
export interface ResultSink {
  resultSet(columns: readonly ColumnDef[], rows: readonly SqlValue[][]): void;
  /** Ends a statement that returned no rows but counted them. */
  rowsAffected(count: number): void;
  message(message: ServerMessage): void;
  error(error: SqlError): void;
  databaseChanged(name: string, old: string): void;
  /** Sends what has been written so far. */
  flush(): void;
}

export interface ServerMessage {
  number: number;
  state: number;
  /** Severity 0 to 10. */
  severity: number;
  text: string;
  line: number;
  procedure: string;
}

/** One connection, as statements see it. */
export interface SqlSession {
  readonly id: number;
  database: string;
  readonly login: string;
  transactions: number;
  noCount: boolean;
  lastError: number;
  rowCount: number;
  language: string;
}

export interface MemoryTable extends TableSource {
  columns: ColumnDef[];
  data: SqlValue[][];
}

/** The surroundings of a running batch. A nested EXEC gets its own frame with the same session and sink. */
export interface Frame {
  readonly host: EngineHost;
  readonly session: SqlSession;
  readonly sink: ResultSink;
  readonly signal: AbortSignal;
  readonly variables: Map<string, { type: SqlType; value: SqlValue }>;
  /** Temporary tables, innermost scope first; one made inside EXEC ends with it. */
  readonly temporary: readonly Map<string, MemoryTable>[];
  readonly depth: number;
  /** Line of the running statement. */
  line: number;
}

/** What the engine asks of the server it runs in: its catalog, functions, procedures and own statements. */
export interface EngineHost {
  findTable(parts: readonly string[], frame: Frame): TableSource | null;
  findTableFunction(parts: readonly string[], frame: Frame): TableFunction | null;
  /** Those of the language (`tsql/functions`) too. */
  findFunction(name: string): ScalarFunction | null;
  findProcedure(parts: readonly string[], frame: Frame): Procedure | null;
  globalVariable(name: string, frame: Frame): { type: SqlType; value: SqlValue } | null;
  /** The name as stored, null when there is no such database. */
  databaseName(name: string): string | null;
  /** Throws when the session may not use the database now (911, 927, 942, 924). */
  assertUsable(database: string, frame: Frame): void;
  /** BACKUP, RESTORE, ALTER DATABASE, DBCC. */
  run(statement: Statement, frame: Frame): Promise<void>;
}
