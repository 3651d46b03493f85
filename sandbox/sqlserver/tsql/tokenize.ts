import { SqlError } from "./sql-error";

export type TokenKind = "word" | "quoted" | "string" | "number" | "binary" | "variable" | "op" | "end";

/** `text` is the value: the unquoted identifier, the string's content, the digits, the operator. */
export interface Token {
  kind: TokenKind;
  text: string;
  /** Strings only: written with the N prefix. */
  national: boolean;
  line: number;
  start: number;
  end: number;
}

const WORD_START = /[\p{L}_#]/u;
const WORD_PART = /[\p{L}\p{N}_#@$]/u;
const THREE = ["!<", "!>", "<>", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "::"];

/**
 * Cuts a batch into T-SQL tokens. Double quotes are identifiers (QUOTED_IDENTIFIER ON, as every driver sets it).
 * Throws SqlError 105 (unclosed quotation mark), 113 (unclosed comment) or 102.
 */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;

  const push = (kind: TokenKind, text: string, start: number, national = false) => {
    tokens.push({ kind, text, national, line, start, end: at });
    for (let i = start; i < at; i++) if (sql[i] === "\n") line++;
  };

  while (at < sql.length) {
    const c = sql.charAt(at);
    const two = sql.slice(at, at + 2);
    if (c === "\n") {
      line++;
      at++;
    } else if (/\s/.test(c) || c === "\u00a0" || c === "\ufeff") {
      at++;
    } else if (two === "--") {
      while (at < sql.length && sql[at] !== "\n") at++;
    } else if (two === "/*") {
      const end = endOfComment(sql, at);
      if (end < 0) {
        throw new SqlError(113, 15, "Missing end comment mark '*/'.", { line, abortsBatch: true });
      }
      for (; at < end; at++) if (sql[at] === "\n") line++;
    } else if (c === "'" || ((c === "N" || c === "n") && sql[at + 1] === "'")) {
      const start = at;
      const open = c === "'" ? at : at + 1;
      const [text, end] = quoted(sql, open, "'", line);
      at = end;
      push("string", text, start, c !== "'");
    } else if (c === "[" || c === '"') {
      const start = at;
      const [text, end] = quoted(sql, at, c === "[" ? "]" : '"', line);
      at = end;
      push("quoted", text, start);
    } else if (c === "@") {
      const start = at;
      at++;
      while (at < sql.length && (WORD_PART.test(sql.charAt(at)) || sql[at] === "@")) at++;
      push("variable", sql.slice(start, at), start);
    } else if (WORD_START.test(c)) {
      const start = at;
      while (at < sql.length && WORD_PART.test(sql.charAt(at))) at++;
      push("word", sql.slice(start, at), start);
    } else if (/^0x/i.test(two)) {
      const start = at;
      at += 2;
      while (at < sql.length && /[0-9a-f]/i.test(sql.charAt(at))) at++;
      push("binary", sql.slice(start + 2, at), start);
    } else if (/[0-9]/.test(c) || (c === "." && /[0-9]/.test(sql.charAt(at + 1)))) {
      const start = at;
      const found = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(sql.slice(at, at + 80));
      at += found?.[0].length ?? 1;
      push("number", sql.slice(start, at), start);
    } else {
      const start = at;
      at += THREE.includes(two) ? 2 : 1;
      push("op", sql.slice(start, at), start);
    }
  }
  tokens.push({ kind: "end", text: "", national: false, line, start: sql.length, end: sql.length });
  return tokens;
}

/** Comments nest in T-SQL. Returns the offset behind the comment, -1 when it never closes. */
function endOfComment(sql: string, start: number): number {
  let depth = 0;
  for (let i = start; i < sql.length; ) {
    const two = sql.slice(i, i + 2);
    if (two === "/*") {
      depth++;
      i += 2;
    } else if (two === "*/") {
      depth--;
      i += 2;
      if (depth === 0) return i;
    } else i++;
  }
  return -1;
}

/** Reads up to the closing mark; the mark doubled stands for itself. */
function quoted(sql: string, open: number, mark: string, line: number): [string, number] {
  let text = "";
  for (let i = open + 1; i < sql.length; i++) {
    const c = sql.charAt(i);
    if (c !== mark) text += c;
    else if (sql[i + 1] === mark) {
      text += mark;
      i++;
    } else return [text, i + 1];
  }
  throw new SqlError(105, 15, `Unclosed quotation mark after the character string '${text.slice(0, 100)}'.`, {
    line,
    abortsBatch: true,
  });
}
