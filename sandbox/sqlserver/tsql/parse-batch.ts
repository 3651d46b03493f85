import { parseAlter, parseDbcc } from "./parse-administration";
import { parseBackup, parseRestore } from "./parse-backup";
import { parseExecute, parseProcedureCall } from "./parse-execute";
import { parseExpression } from "./parse-expression";
import { parseQuery } from "./parse-query";
import { parseCreate, parseDrop, parseInsert } from "./parse-table-statement";
import { parseDeclare, parseSet } from "./parse-variables";
import { SqlError } from "./sql-error";
import type { Statement, StatementBody } from "./statement";
import { TokenCursor } from "./token-cursor";
import { tokenize } from "./tokenize";

/**
 * Reads a whole batch. Like SQL Server it refuses the batch as a whole (102, 156, 105 …) when any part is not T-SQL.
 * Statements are T-SQL's public grammar; those the sandbox does not run become `denied`.
 */
export function parseBatch(sql: string): Statement[] {
  const cursor = new TokenCursor(tokenize(sql), sql);
  const first = cursor.peek();
  // Only the first statement of a batch may call a procedure without EXECUTE.
  if (cursor.isIdentifier()) {
    const call = parseProcedureCall(cursor, null);
    const rest = parseStatements(cursor, () => cursor.atEnd);
    return [{ ...call, line: first.line }, ...rest];
  }
  return parseStatements(cursor, () => cursor.atEnd);
}

function parseStatements(cursor: TokenCursor, done: () => boolean): Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    while (cursor.acceptOp(";"));
    if (done()) return statements;
    if (cursor.atEnd) throw cursor.unexpected();
    statements.push(parseStatement(cursor));
  }
}

function parseStatement(cursor: TokenCursor): Statement {
  const line = cursor.peek().line;
  try {
    const body = parseStatementBody(cursor);
    cursor.acceptOp(";");
    return { ...body, line };
  } catch (error) {
    if (error instanceof SqlError && error.line === 0) error.line = line;
    throw error;
  }
}

function parseStatementBody(cursor: TokenCursor): StatementBody {
  const token = cursor.peek();
  if (token.kind !== "word") throw cursor.unexpected();
  switch (token.text.toUpperCase()) {
    case "SELECT":
      return { kind: "query", query: parseQuery(cursor) };
    case "DECLARE":
      return parseDeclare(cursor);
    case "SET":
      return parseSet(cursor);
    case "IF":
      return parseIf(cursor);
    case "WHILE": {
      cursor.next();
      const condition = parseExpression(cursor);
      return { kind: "while", condition, body: parseStatement(cursor) };
    }
    case "BEGIN":
      return parseBegin(cursor);
    case "BREAK":
    case "CONTINUE":
      cursor.next();
      return { kind: token.text.toUpperCase() === "BREAK" ? "break" : "continue" };
    case "RETURN": {
      cursor.next();
      const next = cursor.peek();
      const bare =
        cursor.atEnd || cursor.isOp(";") || (next.kind === "word" && !cursor.isOneOf("CASE", "NULL"));
      return { kind: "return", value: bare ? null : parseExpression(cursor) };
    }
    case "PRINT":
      cursor.next();
      return { kind: "print", value: parseExpression(cursor) };
    case "RAISERROR":
      return parseRaiserror(cursor);
    case "EXEC":
    case "EXECUTE":
      return parseExecute(cursor);
    case "USE":
      cursor.next();
      return { kind: "use", database: cursor.identifier() };
    case "BACKUP":
      return parseBackup(cursor);
    case "RESTORE":
      return parseRestore(cursor);
    case "ALTER":
      return parseAlter(cursor);
    case "DBCC":
      return parseDbcc(cursor);
    case "CREATE":
      return parseCreate(cursor);
    case "DROP":
      return parseDrop(cursor);
    case "INSERT":
      return parseInsert(cursor);
    case "UPDATE":
    case "MERGE":
    case "TRUNCATE":
      return parseDeniedChange(cursor);
    case "GRANT":
    case "DENY":
    case "REVOKE":
    case "SHUTDOWN":
      skipStatement(cursor);
      return {
        kind: "denied",
        number: 6102,
        message: `User does not have permission to perform this action.`,
      };
    default:
      throw cursor.unexpected();
  }
}

function parseIf(cursor: TokenCursor): StatementBody {
  cursor.expect("IF");
  const condition = parseExpression(cursor);
  const then = parseStatement(cursor);
  while (cursor.isOp(";") && cursor.peek(1).text.toUpperCase() === "ELSE") cursor.next();
  const otherwise = cursor.accept("ELSE") ? parseStatement(cursor) : null;
  return { kind: "if", condition, then, otherwise };
}

function parseBegin(cursor: TokenCursor): StatementBody {
  cursor.expect("BEGIN");
  const body = parseStatements(cursor, () => cursor.isWord("END"));
  cursor.expect("END");
  if (body.length === 0) throw cursor.unexpected();
  return { kind: "block", body };
}

function parseRaiserror(cursor: TokenCursor): StatementBody {
  cursor.expect("RAISERROR");
  cursor.expectOp("(");
  const args = [parseExpression(cursor)];
  while (cursor.acceptOp(",")) args.push(parseExpression(cursor));
  cursor.expectOp(")");
  const options: string[] = [];
  if (cursor.accept("WITH")) {
    do options.push(cursor.anyName().toUpperCase());
    while (cursor.acceptOp(","));
  }
  return { kind: "raiserror", args, options };
}

function parseDeniedChange(cursor: TokenCursor): StatementBody {
  const verb = cursor.next().text.toUpperCase();
  cursor.accept("TABLE");
  cursor.accept("INTO");
  const name = cursor.isIdentifier() ? cursor.dottedName() : [];
  skipStatement(cursor);
  return {
    kind: "denied",
    number: 229,
    message: `The ${verb === "TRUNCATE" ? "ALTER" : verb} permission was denied on the object '${name.at(-1) ?? ""}'.`,
  };
}

/** Leaves the rest of a statement that will not run unread, up to a semicolon or the end of the batch. */
function skipStatement(cursor: TokenCursor): void {
  while (!cursor.atEnd && !cursor.isOp(";")) cursor.next();
}
