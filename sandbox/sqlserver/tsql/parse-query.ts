import type { Expr, OrderItem, Query, SelectCore, SelectItem } from "./ast";
import { parseExpression } from "./parse-expression";
import { parseFrom } from "./parse-from";
import type { TokenCursor } from "./token-cursor";

/** Reads a query: SELECT … ORDER BY … OPTION (…). */
export function parseQuery(cursor: TokenCursor): Query {
  const body = parseSelect(cursor);
  const orderBy = cursor.isWord("ORDER") ? parseOrderBy(cursor) : [];
  if (cursor.isWord("OPTION") && cursor.isOp("(", 1)) {
    cursor.next();
    skipParentheses(cursor);
  }
  return { body, orderBy };
}

function parseSelect(cursor: TokenCursor): SelectCore {
  cursor.expect("SELECT");
  const select: SelectCore = {
    kind: "select",
    top: cursor.isWord("TOP") ? parseTop(cursor) : null,
    items: [],
    from: null,
    where: null,
    groupBy: [],
  };
  do select.items.push(parseItem(cursor));
  while (cursor.acceptOp(","));
  if (cursor.accept("FROM")) select.from = parseFrom(cursor);
  if (cursor.accept("WHERE")) select.where = parseExpression(cursor);
  if (cursor.accept("GROUP")) {
    cursor.expect("BY");
    do select.groupBy.push(parseExpression(cursor));
    while (cursor.acceptOp(","));
  }
  return select;
}

function parseTop(cursor: TokenCursor): SelectCore["top"] {
  cursor.expect("TOP");
  let count: Expr;
  if (cursor.acceptOp("(")) {
    count = parseExpression(cursor);
    cursor.expectOp(")");
  } else {
    const token = cursor.peek();
    if (token.kind !== "number" && token.kind !== "variable") throw cursor.unexpected();
    // A bare `TOP 10 *` must not read `10 * …` as a product.
    cursor.next();
    count =
      token.kind === "variable"
        ? { kind: "variable", name: token.text }
        : {
            kind: "literal",
            type: { name: "int", length: 0, precision: 0, scale: 0 },
            value: Number(token.text),
          };
  }
  return count;
}

function parseItem(cursor: TokenCursor): SelectItem {
  if (cursor.acceptOp("*")) return { kind: "star", qualifier: null };
  const start = cursor.position;
  if (cursor.isIdentifier()) {
    const qualifier = [cursor.identifier()];
    while (cursor.isOp(".")) {
      cursor.next();
      if (cursor.acceptOp("*")) return { kind: "star", qualifier };
      if (!cursor.isIdentifier()) break;
      qualifier.push(cursor.identifier());
    }
    // `alias = expression`, the old way to name a column.
    if (qualifier.length === 1 && cursor.isOp("=")) {
      cursor.next();
      return { kind: "expr", expr: parseExpression(cursor), alias: qualifier[0] ?? null };
    }
    cursor.rewind(start);
  }
  const token = cursor.peek();
  if (token.kind === "variable" && !token.text.startsWith("@@") && cursor.isOp("=", 1)) {
    cursor.next();
    cursor.next();
    return { kind: "assign", variable: token.text, expr: parseExpression(cursor) };
  }
  const expr = parseExpression(cursor);
  return { kind: "expr", expr, alias: parseAlias(cursor) };
}

/** `AS name`, a bare name, or a string: all three name a column. */
function parseAlias(cursor: TokenCursor): string | null {
  const explicit = cursor.accept("AS");
  if (cursor.peek().kind === "string") return cursor.next().text;
  if (explicit || cursor.isIdentifier()) return cursor.identifier();
  return null;
}

function parseOrderBy(cursor: TokenCursor): OrderItem[] {
  cursor.expect("ORDER", "BY");
  const items: OrderItem[] = [];
  do {
    const expr = parseExpression(cursor);
    const descending = cursor.accept("DESC");
    if (!descending) cursor.accept("ASC");
    items.push({ expr, descending });
  } while (cursor.acceptOp(","));
  return items;
}

export function parseColumnNames(cursor: TokenCursor): string[] {
  const names: string[] = [];
  cursor.expectOp("(");
  do names.push(cursor.identifier());
  while (cursor.acceptOp(","));
  cursor.expectOp(")");
  return names;
}

/** Skips `( … )` with everything inside: hints and options that change no result. */
export function skipParentheses(cursor: TokenCursor): void {
  cursor.expectOp("(");
  for (let depth = 1; depth > 0; ) {
    if (cursor.atEnd) throw cursor.unexpected();
    if (cursor.isOp("(")) depth++;
    if (cursor.isOp(")")) depth--;
    cursor.next();
  }
}
