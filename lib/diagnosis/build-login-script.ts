import { quoteIdentifier, quoteText, requireScriptName } from "./quote-sql";

/** What the script says between its lines; texts `connections.loginScript.<key>`. */
export const LOGIN_SCRIPT_TEXTS = [
  "about",
  "run_as",
  "login",
  "server_state",
  "any_database",
  "any_definition",
  "headers",
  "folders",
  "database",
  "backup",
  "database_state",
  "definition",
  "msdb",
  "extra",
  "alter",
  "checkdb",
  "recover",
  "password",
] as const;
export type LoginScriptText = (typeof LOGIN_SCRIPT_TEXTS)[number];

export interface LoginScriptInput {
  /** A SQL Server login, or `DOMAIN\user`. */
  login: string;
  databases: readonly string[];
  /** Major version of the server: 10 is 2008 and 2008 R2, 16 is 2022. */
  major: number;
  /** Rights that only one phase needs. */
  extras: { alter: boolean; checkdb: boolean; recover: boolean };
  say: (key: LoginScriptText) => string;
}

/** Extended procedures that our statements call; a test compares them with the statements. */
export const GRANTED_PROCEDURES = ["xp_create_subdir", "xp_fixeddrives", "xp_instance_regread"] as const;

/** Tables of msdb that our statements read; a test compares them with the statements. */
export const GRANTED_MSDB_TABLES = [
  "backupmediafamily",
  "backupmediaset",
  "backupset",
  "sysjobs",
  "sysjobsteps",
] as const;

/**
 * T-SQL that makes a login with no more rights than a migration uses, filled in for a server. It can be run again. Names
 * stand in it quoted and never in a comment, so a name cannot become a statement. Throws RangeError on a name that no
 * SQL Server has, or that has lines: a tool would take one of them for GO.
 * https://learn.microsoft.com/sql/relational-databases/security/permissions-database-engine
 */
export function buildLoginScript(input: LoginScriptInput): string {
  const { login, major, extras, say } = input;
  for (const name of [login, ...input.databases]) requireScriptName(name);
  const who = quoteIdentifier(login);
  const from2012 = major >= 11;
  const note = (key: LoginScriptText) => `-- ${say(key).replace(/\s+/g, " ")}`;
  const user = `IF USER_ID(${quoteText(login)}) IS NULL CREATE USER ${who} FOR LOGIN ${who};`;
  const member = (role: string) =>
    from2012
      ? `ALTER ROLE ${quoteIdentifier(role)} ADD MEMBER ${who};`
      : `EXEC sp_addrolemember ${quoteText(role)}, ${quoteText(login)};`;
  const create = login.includes("\\")
    ? `CREATE LOGIN ${who} FROM WINDOWS WITH DEFAULT_DATABASE = [master];`
    : `CREATE LOGIN ${who} WITH PASSWORD = ${quoteText(`<${say("password")}>`)}, CHECK_POLICY = ON, DEFAULT_DATABASE = [master];`;
  // From 2022 on the two narrower rights are enough for every view we read.
  const state =
    major >= 16 ? ["VIEW SERVER PERFORMANCE STATE", "VIEW SERVER SECURITY STATE"] : ["VIEW SERVER STATE"];

  const lines = [
    note("about"),
    note("run_as"),
    "",
    note("login"),
    "USE [master];",
    `IF SUSER_ID(${quoteText(login)}) IS NULL`,
    `  ${create}`,
    note("server_state"),
    ...state.map((right) => `GRANT ${right} TO ${who};`),
    note("any_database"),
    `GRANT VIEW ANY DATABASE TO ${who};`,
    note("any_definition"),
    `GRANT VIEW ANY DEFINITION TO ${who};`,
    note("headers"),
    `GRANT CREATE ANY DATABASE TO ${who};`,
    note("folders"),
    user,
    ...GRANTED_PROCEDURES.map((name) => `GRANT EXECUTE ON ${name} TO ${who};`),
    "GO",
  ];
  for (const database of input.databases) {
    lines.push(
      "",
      note("database"),
      `USE ${quoteIdentifier(database)};`,
      user,
      note("backup"),
      member("db_backupoperator"),
      note("database_state"),
      `GRANT VIEW DATABASE STATE TO ${who};`,
      note("definition"),
      `GRANT VIEW DEFINITION TO ${who};`,
    );
    if (extras.alter) lines.push(note("alter"), `GRANT ALTER TO ${who};`);
    if (extras.checkdb) lines.push(note("checkdb"), member("db_owner"));
    lines.push("GO");
  }
  lines.push(
    "",
    note("msdb"),
    "USE [msdb];",
    user,
    ...GRANTED_MSDB_TABLES.map((table) => `GRANT SELECT ON dbo.${table} TO ${who};`),
    "GO",
  );
  if (extras.recover) {
    const dbcreator = from2012
      ? `ALTER SERVER ROLE [dbcreator] ADD MEMBER ${who};`
      : `EXEC sp_addsrvrolemember ${quoteText(login)}, N'dbcreator';`;
    lines.push("", note("extra"), note("recover"), "USE [master];", dbcreator, "GO");
  }
  return `${lines.join("\n")}\n`;
}
