import type { Message } from "./message";
import { SOURCES } from "./sources";

/** What SQL Server says of itself, its databases and its logins: CHECKDB, cutover, space. */
export const SERVER_MESSAGES = [
  {
    key: "checkdb_clean",
    patterns: [
      /(?<!checkdb failed ?:? ?)checkdb found 0 allocation errors and 0 consistency errors in (?:database|table) ?'?(?<database>.{1,200}?)'? ?(?:\.(?= |$)|$|\(object)/i,
      /checkdb 在(?:数据库|表) ?'?(?<database>[^']{1,200})'? ?中(?:发现|找到) ?0 个分配错误和 ?0 个一致性错误/i,
    ],
    weight: "news",
    source: SOURCES.sql8000,
  },
  {
    key: "checkdb_found_errors",
    patterns: [
      /(?<!checkdb failed ?:? ?)checkdb found (?!0 allocation errors and 0 consistency)(?<allocationErrors>\d[\d,]*|x+) allocation errors and (?<consistencyErrors>\d[\d,]*|x+) consistency errors in (?:database|table) ?'?(?<table>.{1,200}?)'? ?(?:\.(?= |$)|$|\(object)/i,
    ],
    source: SOURCES.sql8000,
  },
  {
    key: "checkdb_repair_level",
    templates: ["repair_allow_data_loss is the minimum repair level for the errors found by DBCC"],
    numbers: [8958],
    source: SOURCES.sql8000,
  },
  {
    key: "dbcc_completed",
    templates: [
      "DBCC execution completed. If DBCC printed error messages, contact your system administrator",
    ],
    numbers: [2528],
    weight: "news",
    source: SOURCES.sql2000,
  },
  {
    key: "filegroup_full",
    templates: [
      "Could not allocate space for object '{object}' in database '{database}' because the '{filegroup}' filegroup is full",
      "Could not allocate space for object",
    ],
    numbers: [1105],
    source: SOURCES.sql1000,
  },
  {
    key: "log_full",
    templates: [
      "The transaction log for database '{database}' is full due to '{waitsFor}' and the holdup lsn is",
      "The transaction log for database '{database}' is full due to '{waitsFor}'.",
      "The transaction log for database '{database}' is full",
      "数据库 '{database}' 的事务日志已满，原因为 '{waitsFor}'.",
      "数据库 '{database}' 的事务日志已满",
    ],
    numbers: [9002],
    source:
      "https://learn.microsoft.com/sql/relational-databases/logs/troubleshoot-a-full-transaction-log-sql-server-error-9002",
  },
  {
    key: "data_file_not_openable",
    templates: [
      "Unable to open the physical file '{file}'. Operating system error {osError!}.",
      "Unable to open the physical file '{file}'.",
    ],
    numbers: [5120],
    source: SOURCES.sql5000,
  },
  {
    key: "data_file_not_creatable",
    templates: [
      "CREATE FILE encountered operating system error {osError!} while attempting to open or create the physical file '{file}'.",
      "CREATE FILE encountered operating system error while attempting to open or create the physical file '{file}'.",
    ],
    numbers: [5123],
    source: SOURCES.sql5000,
  },
  {
    key: "lock_on_database",
    templates: [
      "ALTER DATABASE failed because a lock could not be placed on database '{database}'. Try again later",
      "ALTER DATABASE failed because a lock could not be placed on database '{database}'.",
    ],
    numbers: [5061],
    source: SOURCES.sql5000,
  },
  {
    key: "single_user_seat_taken",
    templates: [
      "Changes to the state or options of database '{database}' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it",
      "Changes to the state or options of database '{database}' cannot be made at this time",
    ],
    numbers: [5064],
    source: SOURCES.sql5000,
  },
  {
    key: "others_use_database",
    templates: ["Database state cannot be changed while other users are using the database '{database}'."],
    numbers: [5070],
    source: SOURCES.sql5000,
  },
  {
    key: "alter_database_failed",
    templates: ["ALTER DATABASE statement failed", "ALTER DATABASE 语句失败"],
    numbers: [5069],
    weight: "frame",
    source: SOURCES.sql5000,
  },
  {
    key: "login_failed",
    templates: ["Login failed for user '{login}'.", "用户 '{login}' 登录失败"],
    numbers: [18456],
    weight: "frame",
    source:
      "https://learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error",
  },
  {
    key: "login_cannot_open_database",
    templates: [
      "Cannot open database '{database}' requested by the login. The login failed",
      "Cannot open database '{database}' requested by the login",
      "无法打开登录所请求的数据库 '{database}'. 登录失败",
    ],
    numbers: [4060],
    source: SOURCES.sql4000,
  },
] as const satisfies readonly Message[];
