import { parseExpression } from "./parse-expression";
import { parseType } from "./parse-type";
import { SqlError, syntaxError } from "./sql-error";
import type { StatementBody } from "./statement";
import type { TokenCursor } from "./token-cursor";

/** DECLARE of scalar variables. */
export function parseDeclare(cursor: TokenCursor): StatementBody {
  cursor.expect("DECLARE");
  const variables: Extract<StatementBody, { kind: "declare" }>["variables"] = [];
  do {
    const name = variableName(cursor);
    cursor.accept("AS");
    const type = parseType(cursor, "declare");
    variables.push({ name, type, initial: cursor.acceptOp("=") ? parseExpression(cursor) : null });
  } while (cursor.acceptOp(","));
  return { kind: "declare", variables };
}

function variableName(cursor: TokenCursor): string {
  const token = cursor.peek();
  if (token.kind !== "variable") throw cursor.unexpected();
  return cursor.next().text;
}

const OPTIONS = new Set(
  `ANSI_DEFAULTS ANSI_NULL_DFLT_OFF ANSI_NULL_DFLT_ON ANSI_NULLS ANSI_PADDING ANSI_WARNINGS ARITHABORT ARITHIGNORE
  CONCAT_NULL_YIELDS_NULL CONTEXT_INFO CURSOR_CLOSE_ON_COMMIT DATEFIRST DATEFORMAT DEADLOCK_PRIORITY FMTONLY FORCEPLAN
  IMPLICIT_TRANSACTIONS LANGUAGE LOCK_TIMEOUT NOCOUNT NOEXEC NUMERIC_ROUNDABORT PARSEONLY QUERY_GOVERNOR_COST_LIMIT
  QUOTED_IDENTIFIER REMOTE_PROC_TRANSACTIONS ROWCOUNT SHOWPLAN_ALL SHOWPLAN_TEXT SHOWPLAN_XML TEXTSIZE XACT_ABORT`.split(
    /\s+/,
  ),
);

/** SET @variable = …, SET option value, SET TRANSACTION ISOLATION LEVEL, SET STATISTICS, SET IDENTITY_INSERT. */
export function parseSet(cursor: TokenCursor): StatementBody {
  cursor.expect("SET");
  const token = cursor.peek();
  if (token.kind === "variable") {
    cursor.next();
    cursor.expectOp("=");
    return { kind: "set-variable", name: token.text, value: parseExpression(cursor) };
  }
  if (cursor.accept("TRANSACTION")) {
    cursor.expect("ISOLATION", "LEVEL");
    const level = cursor.anyName();
    const second = cursor.isOneOf("COMMITTED", "UNCOMMITTED", "READ") ? ` ${cursor.next().text}` : "";
    return { kind: "set-option", option: "TRANSACTION ISOLATION LEVEL", value: `${level}${second}` };
  }
  if (cursor.accept("STATISTICS")) cursor.anyName();
  if (cursor.accept("IDENTITY_INSERT")) {
    cursor.dottedName();
    return { kind: "set-option", option: "IDENTITY_INSERT", value: cursor.anyName() };
  }
  const names: string[] = [];
  while (!cursor.isOneOf("ON", "OFF") && cursor.peek().kind === "word") {
    const name = cursor.peek();
    if (!OPTIONS.has(name.text.toUpperCase())) {
      if (names.length > 0) break;
      throw new SqlError(195, 15, `'${name.text}' is not a recognized SET option.`, {
        line: name.line,
        state: 5,
        abortsBatch: true,
      });
    }
    names.push(cursor.next().text.toUpperCase());
    if (!cursor.acceptOp(",")) break;
  }
  const negative = cursor.acceptOp("-") ? "-" : "";
  const value = cursor.peek();
  if (value.kind === "end" || value.kind === "op") {
    throw value.kind === "end" ? syntaxError(names.at(-1) ?? "SET", token.line) : cursor.unexpected();
  }
  cursor.next();
  return { kind: "set-option", option: names.join(", "), value: negative + value.text };
}
