/** A text as a constant of SQL, for statements that take no values: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS */
export function sqlLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
