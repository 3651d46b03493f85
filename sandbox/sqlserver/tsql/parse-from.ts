import type { JoinType, TableRef } from "./ast";
import { parseExpression, parseListUntilParen } from "./parse-expression";
import { parseColumnNames, parseQuery, skipParentheses } from "./parse-query";
import type { TokenCursor } from "./token-cursor";

/** Reads what follows FROM: tables, functions, derived tables and joins, left to right. */
export function parseFrom(cursor: TokenCursor): TableRef {
  let left = parseTable(cursor);
  for (;;) {
    const type = acceptJoin(cursor);
    if (type === null) return left;
    const right = parseTable(cursor);
    let on = null;
    if (type !== "cross-apply" && type !== "outer-apply") {
      cursor.expect("ON");
      on = parseExpression(cursor);
    }
    left = { kind: "join", type, left, right, on };
  }
}

function acceptJoin(cursor: TokenCursor): JoinType | null {
  if (cursor.accept("CROSS", "APPLY")) return "cross-apply";
  if (cursor.accept("OUTER", "APPLY")) return "outer-apply";
  if (cursor.accept("JOIN") || cursor.accept("INNER", "JOIN")) return "inner";
  if (cursor.accept("LEFT", "JOIN") || cursor.accept("LEFT", "OUTER", "JOIN")) return "left";
  return null;
}

function parseTable(cursor: TokenCursor): TableRef {
  if (cursor.isOp("(")) return parseDerived(cursor);
  const parts = cursor.dottedName();
  if (cursor.isOp("(")) {
    cursor.next();
    // `t (NOLOCK)`, the hint without WITH, looks like a call.
    if (cursor.isOneOf("NOLOCK", "READUNCOMMITTED", "READPAST", "TABLOCK") && cursor.isOp(")", 1)) {
      cursor.next();
      cursor.next();
      return { kind: "table", parts, alias: parseTableAlias(cursor) };
    }
    const args = cursor.acceptOp(")") ? [] : parseListUntilParen(cursor);
    const alias = parseTableAlias(cursor);
    const columns = alias !== null && cursor.isOp("(") ? parseColumnNames(cursor) : [];
    return { kind: "function", parts, args, alias, columns };
  }
  const alias = parseTableAlias(cursor);
  if (cursor.isWord("WITH") && cursor.isOp("(", 1)) {
    cursor.next();
    skipParentheses(cursor);
  } else if (alias !== null && cursor.isOp("(") && /^(nolock|tablock)$/i.test(cursor.peek(1).text)) {
    skipParentheses(cursor);
  }
  return { kind: "table", parts, alias };
}

function parseDerived(cursor: TokenCursor): TableRef {
  cursor.expectOp("(");
  const query = parseQuery(cursor);
  cursor.expectOp(")");
  const alias = parseTableAlias(cursor);
  if (alias === null) throw cursor.unexpected();
  return { kind: "derived", query, alias, columns: cursor.isOp("(") ? parseColumnNames(cursor) : [] };
}

function parseTableAlias(cursor: TokenCursor): string | null {
  if (cursor.accept("AS")) return cursor.identifier();
  // OPTION is reserved; WITHIN, APPLY and the like never follow a table without their partner word.
  return cursor.isIdentifier() ? cursor.identifier() : null;
}
