/**
 * An error as SQL Server reports it: number, state, severity (class) and the line in its batch.
 * `preceding` are ERROR tokens sent before it (3201 before 3013). A batch goes on after a severity 16 error
 * unless `abortsBatch`. Texts follow sys.messages (learn.microsoft.com, Database Engine events and errors).
 */
export class SqlError extends Error {
  readonly number: number;
  readonly state: number;
  readonly severity: number;
  readonly abortsBatch: boolean;
  readonly preceding: readonly SqlError[];
  line: number;
  procedure: string;

  constructor(
    number: number,
    severity: number,
    message: string,
    options: {
      state?: number;
      line?: number;
      procedure?: string;
      abortsBatch?: boolean;
      preceding?: readonly SqlError[];
    } = {},
  ) {
    super(message);
    this.name = "SqlError";
    this.number = number;
    this.severity = severity;
    this.state = options.state ?? 1;
    this.line = options.line ?? 0;
    this.procedure = options.procedure ?? "";
    this.abortsBatch = options.abortsBatch ?? false;
    this.preceding = options.preceding ?? [];
  }
}

/** The request was cancelled by an attention, or its connection is gone. Never sent to the client as an error. */
export class RequestCancelled extends Error {
  constructor() {
    super("The request was cancelled.");
    this.name = "RequestCancelled";
  }
}

export function syntaxError(near: string, line: number): SqlError {
  return new SqlError(102, 15, `Incorrect syntax near '${near}'.`, { line, abortsBatch: true });
}
export function keywordError(keyword: string, line: number): SqlError {
  return new SqlError(156, 15, `Incorrect syntax near the keyword '${keyword}'.`, {
    line,
    abortsBatch: true,
  });
}
export function invalidObject(name: string): SqlError {
  return new SqlError(208, 16, `Invalid object name '${name}'.`, { abortsBatch: true });
}
export function invalidColumn(name: string): SqlError {
  return new SqlError(207, 16, `Invalid column name '${name}'.`, { abortsBatch: true });
}
export function unboundIdentifier(name: string): SqlError {
  return new SqlError(4104, 16, `The multi-part identifier "${name}" could not be bound.`, {
    abortsBatch: true,
  });
}
export function undeclaredVariable(name: string): SqlError {
  return new SqlError(137, 15, `Must declare the scalar variable "${name}".`, {
    state: 2,
    abortsBatch: true,
  });
}
export function missingProcedure(name: string): SqlError {
  return new SqlError(2812, 16, `Could not find stored procedure '${name}'.`, { state: 62 });
}
