import type { Expr } from "./ast";
import { compileCondition } from "./compile-condition";
import { compileAs, compileExpression } from "./compile-expression";
import { compileQuery, envOf } from "./compile-query";
import { convertValue } from "./convert-value";
import type { Frame } from "./engine-host";
import { raiserror } from "./raise-error";
import { report } from "./run-batch";
import { runExecute } from "./run-execute";
import { alterTemporary, createTemporary, insertRows } from "./run-table-statement";
import { emptyScope } from "./scope";
import { RequestCancelled, SqlError, undeclaredVariable } from "./sql-error";
import { int, nvarchar, type SqlType, type SqlValue } from "./sql-type";
import type { Statement } from "./statement";

/** Unwinds a batch after an error that ends it; the error has been reported. */
export class BatchAborted extends Error {}

export type Flow = { kind: "next" | "break" | "continue" } | { kind: "return"; value: number };
const NEXT: Flow = { kind: "next" };

/** Runs statements in order. An error is reported and, if it is not of a kind that ends the batch, passed over. */
export async function runStatements(statements: readonly Statement[], frame: Frame): Promise<Flow> {
  for (const statement of statements) {
    if (frame.signal.aborted) throw new RequestCancelled();
    frame.line = statement.line;
    try {
      const flow = await runStatement(statement, frame);
      if (flow.kind !== "next") return flow;
      if (statement.kind !== "if" && statement.kind !== "print") frame.session.lastError = 0;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      if (error.line === 0) error.line = statement.line;
      report(error, frame);
      if (error.abortsBatch) throw new BatchAborted();
    }
  }
  return NEXT;
}

/** The value of an expression outside any query. */
export function evaluate(expr: Expr, frame: Frame, type?: SqlType): SqlValue {
  const scope = emptyScope(frame);
  const compiled = type === undefined ? compileExpression(expr, scope) : compileAs(expr, scope, type);
  return compiled.eval(envOf([], null));
}

function holds(condition: Expr, frame: Frame): boolean {
  return compileCondition(condition, emptyScope(frame))(envOf([], null)) === true;
}

async function runStatement(statement: Statement, frame: Frame): Promise<Flow> {
  switch (statement.kind) {
    case "query":
      runQuery(statement, frame);
      return NEXT;
    case "declare":
      for (const { name, type, initial } of statement.variables) {
        if (initial !== null) assign(name, evaluate(initial, frame, type), frame);
      }
      return NEXT;
    case "set-variable":
      setVariable(statement, frame);
      return NEXT;
    case "set-option":
      if (statement.option.includes("NOCOUNT")) frame.session.noCount = /^on$/i.test(statement.value);
      if (statement.option === "LANGUAGE") frame.session.language = statement.value;
      return NEXT;
    case "if":
      if (holds(statement.condition, frame)) return runStatements([statement.then], frame);
      return statement.otherwise === null ? NEXT : runStatements([statement.otherwise], frame);
    case "while":
      return runWhile(statement, frame);
    case "block":
      return runStatements(statement.body, frame);
    case "break":
    case "continue":
      return { kind: statement.kind };
    case "return": {
      const value = statement.value === null ? 0 : evaluate(statement.value, frame, int);
      return { kind: "return", value: typeof value === "number" ? value : 0 };
    }
    case "print": {
      const text = evaluate(statement.value, frame, nvarchar(4000));
      print(typeof text === "string" ? text : " ", frame);
      return NEXT;
    }
    case "raiserror":
      raiserror(statement, frame);
      return NEXT;
    case "execute":
      await runExecute(statement, frame);
      return NEXT;
    case "use":
      changeDatabase(statement.database, frame);
      return NEXT;
    case "create-table":
      createTemporary(statement, frame);
      return NEXT;
    case "alter-table":
      alterTemporary(statement, frame);
      return NEXT;
    case "insert":
      await insertRows(statement, frame, runStatements);
      return NEXT;
    case "denied":
      throw new SqlError(statement.number, 14, statement.message.replace("%db", frame.session.database), {
        state: 5,
      });
    case "backup":
    case "restore":
    case "alter-database":
    case "dbcc":
      await frame.host.run(statement, frame);
      return NEXT;
  }
}

function runQuery(statement: Statement & { kind: "query" }, frame: Frame): void {
  const query = compileQuery(statement.query, emptyScope(frame));
  const rows = query.run(null);
  frame.session.rowCount = rows.length;
  if (query.assigns !== null) {
    const last = rows.at(-1);
    query.assigns.forEach((name, i) => {
      if (last === undefined) return;
      const variable = frame.variables.get(name.toLowerCase());
      if (variable === undefined) throw undeclaredVariable(name);
      variable.value = convertValue(last[i] ?? null, query.columns[i]?.type ?? variable.type, variable.type);
    });
    return;
  }
  const columns = query.columns.map((c) => (c.type.name === "null" ? { name: c.name, type: int } : c));
  frame.sink.resultSet(columns, rows);
}

function assign(name: string, value: SqlValue, frame: Frame): void {
  const variable = frame.variables.get(name.toLowerCase());
  if (variable === undefined) throw undeclaredVariable(name);
  variable.value = value;
}

function setVariable(statement: Statement & { kind: "set-variable" }, frame: Frame): void {
  const variable = frame.variables.get(statement.name.toLowerCase());
  if (variable === undefined) throw undeclaredVariable(statement.name);
  variable.value = evaluate(statement.value, frame, variable.type);
}

async function runWhile(statement: Statement & { kind: "while" }, frame: Frame): Promise<Flow> {
  for (let turn = 1; holds(statement.condition, frame); turn++) {
    if (frame.signal.aborted) throw new RequestCancelled();
    // A loop without waiting must still let an attention through.
    if (turn % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    const flow = await runStatements([statement.body], frame);
    if (flow.kind === "break") break;
    if (flow.kind === "return") return flow;
  }
  return NEXT;
}

export function print(text: string, frame: Frame): void {
  frame.sink.message({ number: 0, state: 1, severity: 0, text, line: frame.line, procedure: "" });
}

/** Changes the session's database and tells the client (ENVCHANGE and message 5701). */
export function changeDatabase(wanted: string, frame: Frame): void {
  const name = frame.host.databaseName(wanted);
  if (name === null) {
    throw new SqlError(
      911,
      16,
      `Database '${wanted}' does not exist. Make sure that the name is entered correctly.`,
      {
        abortsBatch: true,
      },
    );
  }
  frame.host.assertUsable(name, frame);
  const old = frame.session.database;
  frame.session.database = name;
  frame.sink.databaseChanged(name, old);
}
