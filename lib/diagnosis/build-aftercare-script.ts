import { inComment, quoteIdentifier, quoteText, scriptOf } from "./quote-sql";

export interface AftercareScriptInput {
  /** Database on RDS, and the one that it was at the source. */
  target: string;
  source: string;
  /** Of the source; null: not known. */
  compatibilityLevel: number | null;
  /** Users of SQL logins, each with the account that stands for its login on RDS. */
  users: readonly { user: string; account: string }[];
  /** Users whose login RDS cannot have. */
  orphans: readonly string[];
}

/**
 * T-SQL to copy for what a person does with a tool of their own: rows counted as the source's were, users tied to accounts again,
 * statistics and compatibility level, the source made read-only. Names stand in it quoted. What is about one that no script can carry is
 * a comment that names it, to be done by hand.
 * https://learn.microsoft.com/sql/sql-server/failover-clusters/troubleshoot-orphaned-users-sql-server
 */
export function buildAftercareScripts(input: AftercareScriptInput) {
  const { target, source, compatibilityLevel, users, orphans } = input;
  return {
    counts: carried(target, () =>
      [
        useOf(target),
        "SELECT SCHEMA_NAME(o.schema_id) + N'.' + o.name + NCHAR(9) + CONVERT(nvarchar(20), SUM(p.rows))",
        "FROM sys.partitions AS p",
        "JOIN sys.objects AS o ON o.object_id = p.object_id",
        "WHERE o.type = 'U' AND o.is_ms_shipped = 0 AND p.index_id IN (0, 1)",
        "GROUP BY o.schema_id, o.name;",
      ].join("\n"),
    ),
    orphans: carried(target, () =>
      [
        useOf(target),
        ...users.map(({ user, account }) =>
          carried(user, () => {
            const tie = `ALTER USER ${quoteIdentifier(user)} WITH LOGIN = ${quoteIdentifier(account)};`;
            return `IF USER_ID(${quoteText(user)}) IS NOT NULL AND SUSER_ID(${quoteText(account)}) IS NOT NULL ${tie}`;
          }),
        ),
        ...orphans.map((user) => carried(user, () => `-- DROP USER ${quoteIdentifier(user)};`)),
      ].join("\n"),
    ),
    settings: carried(target, () =>
      [
        useOf(target),
        `SELECT name, compatibility_level FROM sys.databases WHERE name = ${quoteText(target)};`,
        ...(compatibilityLevel === null
          ? []
          : [`ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = ${Math.trunc(compatibilityLevel)};`]),
        "EXEC sys.sp_updatestats;",
      ].join("\n"),
    ),
    readOnly: carried(
      source,
      () => `ALTER DATABASE ${quoteIdentifier(source)} SET READ_ONLY WITH ROLLBACK IMMEDIATE;`,
    ),
  };
}

function useOf(database: string): string {
  return `USE ${quoteIdentifier(database)};`;
}

function carried(name: string, build: () => string): string {
  return scriptOf([name], build) ?? `-- by hand: ${inComment(name)}`;
}

/**
 * T-SQL that puts a full backup which RDS took, unpacked on the source server, in the place of the source's database: everything that
 * is in it now is lost. Files go to where the source's are, not to where RDS's host had them; nobody but administrators is let in
 * before the rows were compared, so the line that opens it stands in a comment.
 * https://learn.microsoft.com/sql/t-sql/statements/restore-statements-transact-sql
 */
export function buildWayBackScript(input: {
  database: string;
  /** Path of the backup file, as the source server sees it. */
  file: string;
  /** Of the source's database. */
  files: readonly { logicalName: string; path: string }[];
}): string {
  const names = [input.database, input.file, ...input.files.flatMap((file) => [file.logicalName, file.path])];
  return scriptOf(names, () => wayBack(input)) ?? `-- by hand: ${inComment(input.database)}`;
}

function wayBack(input: Parameters<typeof buildWayBackScript>[0]): string {
  const name = quoteIdentifier(input.database);
  const path = quoteText(input.file);
  const moves = input.files.map(
    (file) => `  MOVE ${quoteText(file.logicalName)} TO ${quoteText(file.path)},`,
  );
  return [
    "USE master;",
    `RESTORE HEADERONLY FROM DISK = ${path};`,
    `RESTORE VERIFYONLY FROM DISK = ${path} WITH CHECKSUM;`,
    `RESTORE DATABASE ${name} FROM DISK = ${path} WITH`,
    ...moves,
    "  REPLACE, RECOVERY, RESTRICTED_USER, CHECKSUM, STATS = 5;",
    `DBCC CHECKDB (${name}) WITH NO_INFOMSGS;`,
    `-- ALTER DATABASE ${name} SET MULTI_USER;`,
  ].join("\n");
}
