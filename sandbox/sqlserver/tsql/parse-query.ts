import type { CommonTable, Expr, OrderItem, Query, QueryBody, SelectCore, SelectItem } from "./ast";
import { parseExpression, parseListUntilParen } from "./parse-expression";
import { parseFrom } from "./parse-from";
import type { TokenCursor } from "./token-cursor";

/** Reads a query expression: WITH, SELECT … UNION …, VALUES, ORDER BY, OFFSET, FOR XML PATH, OPTION. */
export function parseQuery(cursor: TokenCursor): Query {
  const common = cursor.isWord("WITH") ? parseWith(cursor) : [];
  const query: Query = {
    with: common,
    body: parseUnion(cursor),
    orderBy: [],
    offset: null,
    fetch: null,
    xmlPath: null,
  };
  if (cursor.isWord("ORDER")) {
    query.orderBy = parseOrderBy(cursor);
    if (cursor.accept("OFFSET")) {
      query.offset = parseExpression(cursor);
      if (!cursor.accept("ROWS")) cursor.expect("ROW");
      if (cursor.accept("FETCH")) {
        if (!cursor.accept("NEXT")) cursor.expect("FIRST");
        query.fetch = parseExpression(cursor);
        if (!cursor.accept("ROWS")) cursor.expect("ROW");
        cursor.expect("ONLY");
      }
    }
  }
  if (cursor.isWord("FOR", "XML")) {
    cursor.expect("FOR", "XML", "PATH");
    query.xmlPath = "row";
    if (cursor.acceptOp("(")) {
      query.xmlPath = cursor.next().text;
      cursor.expectOp(")");
    }
    while (cursor.acceptOp(",")) cursor.anyName();
  }
  if (cursor.isWord("OPTION") && cursor.isOp("(", 1)) {
    cursor.next();
    skipParentheses(cursor);
  }
  return query;
}

export function parseWith(cursor: TokenCursor): CommonTable[] {
  cursor.expect("WITH");
  const tables: CommonTable[] = [];
  do {
    const name = cursor.identifier();
    const columns = cursor.isOp("(") ? parseColumnNames(cursor) : [];
    cursor.expect("AS");
    cursor.expectOp("(");
    const query = parseQuery(cursor);
    cursor.expectOp(")");
    tables.push({ name, columns, query });
  } while (cursor.acceptOp(","));
  return tables;
}

function parseUnion(cursor: TokenCursor): QueryBody {
  let left = parseIntersect(cursor);
  for (;;) {
    if (cursor.accept("UNION")) {
      const op = cursor.accept("ALL") ? "union-all" : "union";
      left = { kind: "set", op, left, right: parseIntersect(cursor) };
    } else if (cursor.accept("EXCEPT")) {
      left = { kind: "set", op: "except", left, right: parseIntersect(cursor) };
    } else return left;
  }
}

function parseIntersect(cursor: TokenCursor): QueryBody {
  let left = parseBody(cursor);
  while (cursor.accept("INTERSECT")) left = { kind: "set", op: "intersect", left, right: parseBody(cursor) };
  return left;
}

function parseBody(cursor: TokenCursor): QueryBody {
  if (cursor.acceptOp("(")) {
    const body = parseUnion(cursor);
    cursor.expectOp(")");
    return body;
  }
  if (cursor.accept("VALUES")) {
    const rows: Expr[][] = [];
    do {
      cursor.expectOp("(");
      rows.push(parseListUntilParen(cursor));
    } while (cursor.acceptOp(","));
    return { kind: "values", rows };
  }
  return parseSelect(cursor);
}

function parseSelect(cursor: TokenCursor): SelectCore {
  cursor.expect("SELECT");
  const distinct = cursor.accept("DISTINCT");
  if (!distinct) cursor.accept("ALL");
  const select: SelectCore = {
    kind: "select",
    distinct,
    top: cursor.isWord("TOP") ? parseTop(cursor) : null,
    items: [],
    into: null,
    from: null,
    where: null,
    groupBy: [],
    having: null,
  };
  do select.items.push(parseItem(cursor));
  while (cursor.acceptOp(","));
  if (cursor.accept("INTO")) select.into = cursor.dottedName();
  if (cursor.accept("FROM")) select.from = parseFrom(cursor);
  if (cursor.accept("WHERE")) select.where = parseExpression(cursor);
  if (cursor.accept("GROUP")) {
    cursor.expect("BY");
    do select.groupBy.push(parseExpression(cursor));
    while (cursor.acceptOp(","));
  }
  if (cursor.accept("HAVING")) select.having = parseExpression(cursor);
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
  const percent = cursor.accept("PERCENT");
  const ties = cursor.accept("WITH", "TIES");
  return { count, percent, ties };
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

export function parseOrderBy(cursor: TokenCursor): OrderItem[] {
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
