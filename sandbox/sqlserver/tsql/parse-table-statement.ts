import { parseExecute } from "./parse-execute";
import { parseColumnNames, parseQuery, skipParentheses } from "./parse-query";
import { parseType } from "./parse-type";
import type { ColumnDef } from "./sql-type";
import type { StatementBody } from "./statement";
import type { TokenCursor } from "./token-cursor";

const isTemporary = (name: readonly string[]): boolean => name.at(-1)?.startsWith("#") ?? false;

/** CREATE TABLE #t (…) runs; any other CREATE is refused as for a login without the right (262). */
export function parseCreate(cursor: TokenCursor): StatementBody {
  cursor.expect("CREATE");
  if (cursor.isWord("TABLE")) {
    cursor.next();
    const name = cursor.dottedName();
    if (isTemporary(name)) return { kind: "create-table", name, columns: parseColumnDefs(cursor) };
    skipToEnd(cursor);
    return { kind: "denied", number: 262, message: "CREATE TABLE permission denied in database '%db'." };
  }
  const what = cursor.anyName().toUpperCase();
  skipToEnd(cursor);
  return { kind: "denied", number: 262, message: `CREATE ${what} permission denied in database '%db'.` };
}

export function parseDrop(cursor: TokenCursor): StatementBody {
  cursor.expect("DROP");
  const what = cursor.anyName().toUpperCase();
  const name = cursor.isIdentifier() ? (cursor.dottedName().at(-1) ?? "") : "";
  skipToEnd(cursor);
  return {
    kind: "denied",
    number: 3701,
    message: `Cannot drop the ${what.toLowerCase()} '${name}', because it does not exist or you do not have permission.`,
  };
}

export function parseInsert(cursor: TokenCursor): StatementBody {
  cursor.expect("INSERT");
  cursor.accept("INTO");
  const target = cursor.dottedName();
  const columns = cursor.isOp("(") ? parseColumnNames(cursor) : [];
  if (cursor.isOneOf("EXEC", "EXECUTE")) {
    const line = cursor.peek().line;
    return {
      kind: "insert",
      target,
      columns,
      source: { kind: "execute", statement: { ...parseExecute(cursor), line } },
    };
  }
  return { kind: "insert", target, columns, source: { kind: "query", query: parseQuery(cursor) } };
}

/** `(name type [NULL | NOT NULL | PRIMARY KEY | …], …)`. Constraints are read and left out: no rows are checked. */
export function parseColumnDefs(cursor: TokenCursor): ColumnDef[] {
  const columns: ColumnDef[] = [];
  cursor.expectOp("(");
  do {
    if (cursor.isOneOf("PRIMARY", "UNIQUE", "CONSTRAINT", "INDEX", "CHECK")) {
      skipColumnTail(cursor);
      continue;
    }
    const name = cursor.identifier();
    columns.push({ name, type: parseType(cursor, "declare") });
    skipColumnTail(cursor);
  } while (cursor.acceptOp(","));
  cursor.expectOp(")");
  return columns;
}

/** `name type [NULL], …` behind ALTER TABLE … ADD, without parentheses. */
export function parseColumnList(cursor: TokenCursor): ColumnDef[] {
  const columns: ColumnDef[] = [];
  do {
    const name = cursor.identifier();
    columns.push({ name, type: parseType(cursor, "declare") });
    if (cursor.accept("NOT")) cursor.expect("NULL");
    else cursor.accept("NULL");
  } while (cursor.acceptOp(","));
  return columns;
}

function skipColumnTail(cursor: TokenCursor): void {
  while (!cursor.isOp(",") && !cursor.isOp(")")) {
    if (cursor.atEnd) throw cursor.unexpected();
    if (cursor.isOp("(")) skipParentheses(cursor);
    else cursor.next();
  }
}

function skipToEnd(cursor: TokenCursor): void {
  while (!cursor.atEnd && !cursor.isOp(";")) cursor.next();
}
