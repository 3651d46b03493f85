import { compileExpression } from "./compile-expression";
import { compileQuery } from "./compile-query";
import type { Frame } from "./engine-host";
import { emptyScope } from "./scope";
import { SqlError } from "./sql-error";
import type { Statement } from "./statement";

/** Declarations count from the start of their batch, wherever they stand. */
export function declareVariables(statements: readonly Statement[], frame: Frame): void {
  eachStatement(statements, (statement) => {
    if (statement.kind === "declare") {
      for (const { name, type } of statement.variables) {
        if (frame.variables.has(name.toLowerCase())) {
          throw new SqlError(
            134,
            15,
            `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
            { line: statement.line, abortsBatch: true },
          );
        }
        frame.variables.set(name.toLowerCase(), { type, value: null });
      }
    }
  });
}

/** Errors that SQL Server finds when it compiles a batch. A missing table (208) is only found when its statement runs. */
const COMPILE_TIME = new Set([
  102, 116, 137, 147, 174, 195, 207, 209, 1087, 4104, 4108, 4121, 4145, 8117, 8120,
]);

/** Binds every query of the batch without running it, so that a wrong column stops the batch before its first effect. */
export function checkBatch(statements: readonly Statement[], frame: Frame): void {
  const scope = emptyScope(frame);
  eachStatement(statements, (statement) => {
    try {
      if (statement.kind === "query") compileQuery(statement.query, scope);
      else if (statement.kind === "insert" && statement.source.kind === "query") {
        compileQuery(statement.source.query, scope);
      } else if (statement.kind === "set-variable" || statement.kind === "print") {
        compileExpression(statement.value, scope);
      }
    } catch (error) {
      if (!(error instanceof SqlError) || !COMPILE_TIME.has(error.number)) return;
      if (error.line === 0) error.line = statement.line;
      throw error;
    }
  });
}

function eachStatement(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === "if") {
      eachStatement([statement.then], visit);
      if (statement.otherwise !== null) eachStatement([statement.otherwise], visit);
    } else if (statement.kind === "while") eachStatement([statement.body], visit);
    else if (statement.kind === "block") eachStatement(statement.body, visit);
  }
}
