import { keywordError, type SqlError, syntaxError } from "./sql-error";
import type { Token } from "./tokenize";

/** Words that cannot be an unquoted alias or column name (learn.microsoft.com, Reserved Keywords). */
const RESERVED = new Set(
  `ADD ALL ALTER AND ANY AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BREAK BROWSE BULK BY CASCADE CASE CHECK CHECKPOINT
  CLOSE CLUSTERED COALESCE COLLATE COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS CONTINUE CONVERT CREATE CROSS CURRENT
  CURSOR DATABASE DBCC DEALLOCATE DECLARE DEFAULT DELETE DENY DESC DISK DISTINCT DISTRIBUTED DOUBLE DROP DUMP ELSE END
  ERRLVL ESCAPE EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL FETCH FILE FOR FOREIGN FROM FULL FUNCTION GOTO GRANT GROUP
  HAVING HOLDLOCK IDENTITY IF IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY KILL LEFT LIKE LINENO LOAD MERGE
  NATIONAL NOCHECK NOT NULL NULLIF OF OFF OFFSETS ON OPEN OPTION OR ORDER OUTER OVER PERCENT PIVOT PLAN PRIMARY PRINT
  PROC PROCEDURE RAISERROR READ RECONFIGURE REFERENCES REPLICATION RESTORE RESTRICT RETURN REVERT REVOKE RIGHT
  ROLLBACK RULE SAVE SCHEMA SELECT SET SHUTDOWN SOME STATISTICS TABLE THEN TO TOP TRAN TRANSACTION TRIGGER TRUNCATE
  TRY_CONVERT UNION UNIQUE UNPIVOT UPDATE USE USER VALUES VARYING VIEW WAITFOR WHEN WHERE WHILE WITH`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

export function isReserved(token: Token): boolean {
  return token.kind === "word" && RESERVED.has(token.text.toUpperCase());
}

/** Reads a list of tokens from left to right; every failure is SQL Server's 102 or 156 at the token's line. */
export class TokenCursor {
  private at = 0;
  /** Names of the variables met, so that a declaration can be checked before anything runs. */
  constructor(
    private readonly tokens: readonly Token[],
    readonly sql: string,
  ) {}

  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new Error("A token list ends with an end token.");
    return token;
  }
  next(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.at++;
    return token;
  }
  get position(): number {
    return this.at;
  }
  rewind(position: number): void {
    this.at = position;
  }
  get atEnd(): boolean {
    return this.peek().kind === "end";
  }

  /** Whether the next tokens are these (unquoted) words, in any case. */
  isWord(...words: string[]): boolean {
    return words.every((word, i) => {
      const token = this.peek(i);
      return token.kind === "word" && token.text.toUpperCase() === word;
    });
  }
  isOneOf(...words: string[]): boolean {
    return words.some((word) => this.isWord(word));
  }
  accept(...words: string[]): boolean {
    if (!this.isWord(...words)) return false;
    this.at += words.length;
    return true;
  }
  expect(...words: string[]): void {
    for (const word of words) if (!this.accept(word)) throw this.unexpected();
  }
  isOp(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "op" && token.text === text;
  }
  acceptOp(text: string): boolean {
    if (!this.isOp(text)) return false;
    this.at++;
    return true;
  }
  expectOp(text: string): void {
    if (!this.acceptOp(text)) throw this.unexpected();
  }

  isIdentifier(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "quoted" || (token.kind === "word" && !isReserved(token));
  }
  identifier(): string {
    if (!this.isIdentifier()) throw this.unexpected();
    return this.next().text;
  }
  /** A word even when it is reserved, or a quoted identifier: option names. */
  anyName(): string {
    const token = this.peek();
    if (token.kind !== "word" && token.kind !== "quoted") throw this.unexpected();
    return this.next().text;
  }
  /** `a.b.c`, with the empty middle part of `db..table` kept as "". */
  dottedName(): string[] {
    const parts = [this.identifier()];
    while (this.acceptOp(".")) parts.push(this.isOp(".") ? "" : this.namePart());
    return parts;
  }
  private namePart(): string {
    const token = this.peek();
    // A reserved word is still refused behind a dot, but `t.*` and odd column names such as [user] are not words here.
    if (token.kind === "word" || token.kind === "quoted") return this.next().text;
    throw this.unexpected();
  }
  integer(): number {
    const negative = this.acceptOp("-");
    const token = this.peek();
    if (token.kind !== "number" || !/^\d+$/.test(token.text)) throw this.unexpected();
    this.next();
    return negative ? -Number(token.text) : Number(token.text);
  }

  unexpected(): SqlError {
    const token = this.peek();
    if (token.kind === "end") {
      const last = this.tokens[this.tokens.length - 2];
      return syntaxError(last === undefined ? "" : shownText(last, this.sql), last?.line ?? 1);
    }
    if (isReserved(token)) return keywordError(token.text, token.line);
    return syntaxError(shownText(token, this.sql), token.line);
  }
}

function shownText(token: Token, sql: string): string {
  return token.kind === "string" || token.kind === "quoted" ? token.text : sql.slice(token.start, token.end);
}
