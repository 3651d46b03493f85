/**
 * A name as T-SQL text, `[name]` with `]` doubled. For the statements that take no variable (ALTER DATABASE, DBCC,
 * RESTORE … WITH RECOVERY, GRANT); what the product sends is first looked up in sys.databases.
 * Throws RangeError on what no SQL Server identifier can be: empty, over 128 characters, or with a NUL.
 */
export function quoteIdentifier(name: string): string {
  if (name.length === 0 || name.length > 128 || name.includes("\0")) {
    throw new RangeError(`Not a SQL Server identifier: ${JSON.stringify(name.slice(0, 140))}`);
  }
  return `[${name.replaceAll("]", "]]")}]`;
}

/**
 * Throws RangeError on a name that a script can't carry safely from hand to hand: with lines, of which a tool takes one for `GO` or
 * `:!!` (a command of sqlcmd), with a variable of sqlcmd (`$(…)`), which it fills in even inside quotes, or with signs that
 * turn the order of what is read.
 */
export function requireScriptName(name: string): void {
  if (name !== inComment(name)) {
    throw new RangeError(`No script can carry this name: ${JSON.stringify(name.slice(0, 140))}`);
  }
}

/** A name as it can stand in a comment of a script: with a question mark for each sign that none can carry. */
export function inComment(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]|\$\(/gu, "?");
}

/** What `build` makes of names, as T-SQL to copy; null where no script can carry one of them. */
export function scriptOf(names: readonly string[], build: () => string): string | null {
  try {
    for (const name of names) requireScriptName(name);
    return build();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A text as T-SQL, `N'it''s'`, for scripts that people copy. What the product itself sends travels as parameters. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}
