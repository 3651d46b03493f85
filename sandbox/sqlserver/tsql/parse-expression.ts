import type { CompareOp, Expr } from "./ast";
import { parseQuery } from "./parse-query";
import { parseType } from "./parse-type";
import { float, int, nullType, numeric, nvarchar, type SqlType, varbinary, varchar } from "./sql-type";
import type { TokenCursor } from "./token-cursor";
import type { Token } from "./tokenize";

const COMPARE: Record<string, CompareOp> = {
  "=": "=",
  "<>": "<>",
  "<": "<",
  ">": ">",
  ">=": ">=",
};

/** Reads one expression or condition. Precedence as T-SQL's: OR, AND, comparison, +, *, unary minus. */
export function parseExpression(cursor: TokenCursor): Expr {
  let left = parseAnd(cursor);
  while (cursor.accept("OR")) left = { kind: "logical", op: "or", left, right: parseAnd(cursor) };
  return left;
}

function parseAnd(cursor: TokenCursor): Expr {
  let left = parseComparison(cursor);
  while (cursor.accept("AND")) left = { kind: "logical", op: "and", left, right: parseComparison(cursor) };
  return left;
}

function parseComparison(cursor: TokenCursor): Expr {
  const left = parseSum(cursor);
  const token = cursor.peek();
  const op = token.kind === "op" ? COMPARE[token.text] : undefined;
  if (op !== undefined) {
    cursor.next();
    return { kind: "compare", op, left, right: parseSum(cursor) };
  }
  if (cursor.accept("IS")) {
    const negated = cursor.accept("NOT");
    cursor.expect("NULL");
    return { kind: "is-null", operand: left, negated };
  }
  const negated = cursor.isWord("NOT") && ["IN", "LIKE"].some((w) => cursor.isWord("NOT", w));
  if (negated) cursor.next();
  if (cursor.accept("IN")) {
    cursor.expectOp("(");
    return { kind: "in-list", operand: left, list: parseListUntilParen(cursor), negated };
  }
  if (cursor.accept("LIKE")) {
    const pattern = parseSum(cursor);
    const escapeMark = cursor.accept("ESCAPE") ? parseSum(cursor) : null;
    return { kind: "like", operand: left, pattern, escape: escapeMark, negated };
  }
  return left;
}

export function parseSum(cursor: TokenCursor): Expr {
  let left = parseProduct(cursor);
  while (cursor.acceptOp("+")) left = { kind: "binary", op: "+", left, right: parseProduct(cursor) };
  return left;
}

function parseProduct(cursor: TokenCursor): Expr {
  let left = parseUnary(cursor);
  while (cursor.acceptOp("*")) left = { kind: "binary", op: "*", left, right: parseUnary(cursor) };
  return left;
}

function parseUnary(cursor: TokenCursor): Expr {
  if (cursor.acceptOp("-")) return { kind: "unary", op: "-", operand: parseUnary(cursor) };
  let expr = parsePrimary(cursor);
  while (cursor.accept("COLLATE")) expr = { kind: "collate", operand: expr, collation: cursor.anyName() };
  return expr;
}

function parsePrimary(cursor: TokenCursor): Expr {
  const token = cursor.peek();
  switch (token.kind) {
    case "number":
    case "string":
    case "binary":
      cursor.next();
      return literal(token);
    case "variable":
      cursor.next();
      return { kind: "variable", name: token.text };
    case "op":
      if (token.text === "(") return parseParenthesized(cursor);
      throw cursor.unexpected();
    case "word":
      return parseWord(cursor, token);
    case "quoted":
      return parseName(cursor);
    case "end":
      throw cursor.unexpected();
  }
}

function parseParenthesized(cursor: TokenCursor): Expr {
  cursor.expectOp("(");
  if (cursor.isWord("SELECT")) {
    const query = parseQuery(cursor);
    cursor.expectOp(")");
    return { kind: "subquery", query };
  }
  const expr = parseExpression(cursor);
  cursor.expectOp(")");
  return expr;
}

function literal(token: Token): Expr {
  if (token.kind === "string") {
    const length = Math.max(1, token.text.length);
    return { kind: "literal", type: token.national ? nvarchar(length) : varchar(length), value: token.text };
  }
  if (token.kind === "binary") {
    const digits = token.text.length % 2 === 0 ? token.text : `0${token.text}`;
    const bytes = Uint8Array.from(Buffer.from(digits, "hex"));
    return { kind: "literal", type: varbinary(Math.max(1, bytes.length)), value: bytes };
  }
  return { kind: "literal", ...numberLiteral(token.text) };
}

function numberLiteral(text: string): { type: SqlType; value: number | bigint } {
  if (/e/i.test(text)) return { type: float, value: Number(text) };
  const [whole = "", fraction = ""] = text.split(".");
  if (text.includes(".")) {
    const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
    return {
      type: numeric(Math.max(digits.length, fraction.length, 1), fraction.length),
      value: BigInt(whole + fraction || "0"),
    };
  }
  const value = BigInt(whole);
  if (value <= 2147483647n)
    return { type: { ...int, precision: value.toString().length }, value: Number(value) };
  return { type: numeric(whole.replace(/^0+(?=\d)/, "").length, 0), value };
}

function parseWord(cursor: TokenCursor, token: Token): Expr {
  const opensCall = cursor.isOp("(", 1);
  switch (token.text.toUpperCase()) {
    case "NULL":
      cursor.next();
      return { kind: "literal", type: nullType, value: null };
    case "CASE":
      cursor.next();
      return parseCase(cursor);
    case "CAST": {
      if (!opensCall) break;
      cursor.next();
      cursor.expectOp("(");
      const operand = parseExpression(cursor);
      cursor.expect("AS");
      const type = parseType(cursor, "cast");
      cursor.expectOp(")");
      return { kind: "cast", operand, type, style: null };
    }
    case "CONVERT": {
      cursor.next();
      cursor.expectOp("(");
      const type = parseType(cursor, "cast");
      cursor.expectOp(",");
      const operand = parseExpression(cursor);
      const style = cursor.acceptOp(",") ? parseExpression(cursor) : null;
      cursor.expectOp(")");
      return { kind: "cast", operand, type, style };
    }
    // Functions whose names are reserved words.
    case "COALESCE":
    case "LEFT":
      if (!opensCall) throw cursor.unexpected();
      cursor.next();
      return parseCall(cursor, [token.text]);
  }
  return parseName(cursor);
}

function parseName(cursor: TokenCursor): Expr {
  const parts = cursor.dottedName();
  return cursor.isOp("(") ? parseCall(cursor, parts) : { kind: "column", parts };
}

function callOf(name: string[], args: Expr[]): Expr & { kind: "call" } {
  return { kind: "call", name, args, star: false };
}

function parseCall(cursor: TokenCursor, name: string[]): Expr {
  cursor.expectOp("(");
  const call = callOf(name, []);
  if (cursor.isOp("*")) {
    cursor.next();
    cursor.expectOp(")");
    call.star = true;
  } else if (!cursor.acceptOp(")")) {
    call.args = parseListUntilParen(cursor);
  }
  return call;
}

export function parseListUntilParen(cursor: TokenCursor): Expr[] {
  const list: Expr[] = [];
  do list.push(parseExpression(cursor));
  while (cursor.acceptOp(","));
  cursor.expectOp(")");
  return list;
}

function parseCase(cursor: TokenCursor): Expr {
  const subject = cursor.isWord("WHEN") ? null : parseExpression(cursor);
  const whens: { when: Expr; result: Expr }[] = [];
  while (cursor.accept("WHEN")) {
    const when = parseExpression(cursor);
    cursor.expect("THEN");
    whens.push({ when, result: parseExpression(cursor) });
  }
  if (whens.length === 0) throw cursor.unexpected();
  const otherwise = cursor.accept("ELSE") ? parseExpression(cursor) : null;
  cursor.expect("END");
  return { kind: "case", subject, whens, otherwise };
}
