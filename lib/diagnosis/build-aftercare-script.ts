import { quoteIdentifier, quoteText } from "./quote-sql";

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
 * statistics and compatibility level, the source made read-only. Names stand in it quoted, never in a comment.
 * https://learn.microsoft.com/sql/sql-server/failover-clusters/troubleshoot-orphaned-users-sql-server
 */
export function buildAftercareScripts(input: AftercareScriptInput) {
  const { target, source, compatibilityLevel, users, orphans } = input;
  const use = `USE ${quoteIdentifier(target)};`;
  return {
    counts: [
      use,
      "SELECT SCHEMA_NAME(o.schema_id) + N'.' + o.name + NCHAR(9) + CONVERT(nvarchar(20), SUM(p.rows))",
      "FROM sys.partitions AS p",
      "JOIN sys.objects AS o ON o.object_id = p.object_id",
      "WHERE o.type = 'U' AND o.is_ms_shipped = 0 AND p.index_id IN (0, 1)",
      "GROUP BY o.schema_id, o.name;",
    ].join("\n"),
    orphans: [
      use,
      ...users.map(({ user, account }) => {
        const tie = `ALTER USER ${quoteIdentifier(user)} WITH LOGIN = ${quoteIdentifier(account)};`;
        return `IF USER_ID(${quoteText(user)}) IS NOT NULL AND SUSER_ID(${quoteText(account)}) IS NOT NULL ${tie}`;
      }),
      ...orphans.map((user) => `-- DROP USER ${quoteIdentifier(user).replace(/[\r\n]+/g, " ")};`),
    ].join("\n"),
    settings: [
      use,
      `SELECT name, compatibility_level FROM sys.databases WHERE name = ${quoteText(target)};`,
      ...(compatibilityLevel === null
        ? []
        : [`ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = ${Math.trunc(compatibilityLevel)};`]),
      "EXEC sys.sp_updatestats;",
    ].join("\n"),
    readOnly: `ALTER DATABASE ${quoteIdentifier(source)} SET READ_ONLY WITH ROLLBACK IMMEDIATE;`,
  };
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
    `-- ALTER DATABASE ${name.replace(/[\r\n]+/g, " ")} SET MULTI_USER;`,
  ].join("\n");
}
