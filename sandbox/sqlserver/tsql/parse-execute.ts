import type { Expr } from "./ast";
import { parseSum } from "./parse-expression";
import type { Argument, StatementBody } from "./statement";
import type { TokenCursor } from "./token-cursor";

/** EXEC procedure …, EXEC @result = procedure …, EXEC @name …. */
export function parseExecute(cursor: TokenCursor): StatementBody {
  cursor.next();
  const token = cursor.peek();
  if (token.kind === "variable") {
    cursor.next();
    if (cursor.acceptOp("=")) return parseProcedureCall(cursor, token.text);
    return {
      kind: "execute",
      procedure: null,
      variable: token.text,
      result: null,
      args: parseArguments(cursor),
    };
  }
  return parseProcedureCall(cursor, null);
}

/** A procedure's name and arguments, without the EXEC. */
export function parseProcedureCall(cursor: TokenCursor, result: string | null): StatementBody {
  const token = cursor.peek();
  if (token.kind === "variable") {
    cursor.next();
    return { kind: "execute", procedure: null, variable: token.text, result, args: parseArguments(cursor) };
  }
  const procedure = cursor.dottedName();
  return { kind: "execute", procedure, variable: null, result, args: parseArguments(cursor) };
}

function parseArguments(cursor: TokenCursor): Argument[] {
  const args: Argument[] = [];
  if (!startsArgument(cursor)) return args;
  do {
    const token = cursor.peek();
    let name: string | null = null;
    if (token.kind === "variable" && cursor.isOp("=", 1)) {
      cursor.next();
      cursor.next();
      name = token.text;
    }
    const value = parseArgumentValue(cursor);
    const output = cursor.accept("OUTPUT") || cursor.accept("OUT");
    args.push({ name, value, output });
  } while (cursor.acceptOp(","));
  return args;
}

function startsArgument(cursor: TokenCursor): boolean {
  const token = cursor.peek();
  if (["string", "number", "binary", "variable", "quoted"].includes(token.kind)) return true;
  if (token.kind === "op") return token.text === "-";
  return token.kind === "word" && (cursor.isIdentifier() || cursor.isOneOf("NULL", "DEFAULT"));
}

/** Constants, variables, and bare words, which EXEC reads as strings. */
function parseArgumentValue(cursor: TokenCursor): Expr {
  const token = cursor.peek();
  if (token.kind === "word" && !cursor.isWord("NULL")) {
    cursor.next();
    if (token.text.toUpperCase() === "DEFAULT") return stringOf("");
    return stringOf(token.text);
  }
  if (token.kind === "quoted") {
    cursor.next();
    return stringOf(token.text);
  }
  if (token.kind === "op" && token.text !== "-") throw cursor.unexpected();
  return parseSum(cursor);
}

function stringOf(text: string): Expr {
  return {
    kind: "literal",
    type: { name: "nvarchar", length: Math.max(1, text.length), precision: 0, scale: 0 },
    value: text,
  };
}
