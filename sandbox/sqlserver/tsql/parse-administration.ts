import type { Expr } from "./ast";
import { parseSum } from "./parse-expression";
import { parseColumnList } from "./parse-table-statement";
import { nullType, nvarchar } from "./sql-type";
import type { StatementBody, Termination } from "./statement";
import type { TokenCursor } from "./token-cursor";

/** ALTER DATABASE name SET …; every other ALTER is a statement this login may not run. */
export function parseAlter(cursor: TokenCursor): StatementBody {
  cursor.expect("ALTER");
  if (cursor.isWord("TABLE") && cursor.peek(1).text.startsWith("#")) {
    cursor.next();
    const name = cursor.dottedName();
    cursor.expect("ADD");
    return { kind: "alter-table", name, add: parseColumnList(cursor) };
  }
  if (!cursor.accept("DATABASE")) {
    const what = cursor.anyName().toUpperCase();
    skipToEnd(cursor);
    return {
      kind: "denied",
      number: 15151,
      message: `Cannot alter the ${what.toLowerCase()}, because it does not exist or you do not have permission.`,
    };
  }
  const database = cursor.accept("CURRENT") ? null : cursor.identifier();
  if (!cursor.accept("SET")) {
    skipToEnd(cursor);
    return { kind: "alter-database", database, set: null, termination: { kind: "wait" } };
  }
  const set: string[][] = [];
  do set.push(parseSetOption(cursor));
  while (cursor.acceptOp(","));
  return { kind: "alter-database", database, set, termination: parseTermination(cursor) };
}

function parseSetOption(cursor: TokenCursor): string[] {
  const words = [cursor.anyName().toUpperCase()];
  while (!cursor.atEnd && !cursor.isOp(",") && !cursor.isOp(";") && !cursor.isWord("WITH")) {
    if (!cursor.isOp("=") && !cursor.isIdentifier() && !cursor.isOneOf("ON", "OFF", "FULL", "NONE")) {
      if (cursor.peek().kind !== "number") break;
    }
    const token = cursor.next();
    if (token.kind !== "op") words.push(token.text.toUpperCase());
  }
  return words;
}

function parseTermination(cursor: TokenCursor): Termination {
  if (!cursor.accept("WITH")) return { kind: "wait" };
  if (cursor.accept("NO_WAIT")) return { kind: "no-wait" };
  cursor.expect("ROLLBACK");
  if (cursor.accept("IMMEDIATE")) return { kind: "rollback", afterSeconds: 0 };
  cursor.expect("AFTER");
  const afterSeconds = cursor.integer();
  cursor.accept("SECONDS");
  return { kind: "rollback", afterSeconds };
}

/** DBCC command [(arguments)] [WITH options]; an argument may be a bare name, read as a string. */
export function parseDbcc(cursor: TokenCursor): StatementBody {
  cursor.expect("DBCC");
  const command = cursor.anyName().toUpperCase();
  const args: Expr[] = [];
  if (cursor.acceptOp("(") && !cursor.acceptOp(")")) {
    do args.push(parseArgument(cursor));
    while (cursor.acceptOp(","));
    cursor.expectOp(")");
  }
  const options: string[] = [];
  if (cursor.accept("WITH")) {
    do {
      const name = cursor.anyName().toUpperCase();
      options.push(cursor.acceptOp("=") ? `${name}=${cursor.next().text}` : name);
    } while (cursor.acceptOp(","));
  }
  return { kind: "dbcc", command, args, options };
}

function parseArgument(cursor: TokenCursor): Expr {
  if (cursor.accept("NULL")) return { kind: "literal", type: nullType, value: null };
  if (cursor.isIdentifier()) {
    const text = cursor.dottedName().join(".");
    return { kind: "literal", type: nvarchar(Math.max(1, text.length)), value: text };
  }
  return parseSum(cursor);
}

function skipToEnd(cursor: TokenCursor): void {
  while (!cursor.atEnd && !cursor.isOp(";")) cursor.next();
}
