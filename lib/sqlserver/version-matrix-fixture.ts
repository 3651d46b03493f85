/** What came into T-SQL when; what is not listed here may not be used until it is, with its page. */
export interface Feature {
  since: string;
  /** Page under https://learn.microsoft.com/sql/ that says so. */
  page: string;
}

const from =
  (since: string, page: string) =>
  (...names: string[]): [string, Feature][] =>
    names.map((name) => [name, { since, page }]);

/** Functions, by their upper-case names. */
export const FUNCTIONS: ReadonlyMap<string, Feature> = new Map([
  ...from("2008 R2", "t-sql/functions/functions")(
    "CONVERT",
    "CAST",
    "SUM",
    "COUNT",
    "COUNT_BIG",
    "MIN",
    "MAX",
    "AVG",
    "COALESCE",
    "ISNULL",
    "NULLIF",
    "RTRIM",
    "LTRIM",
    "LEFT",
    "RIGHT",
    "LEN",
    "REPLACE",
    "SUBSTRING",
    "CHARINDEX",
    "UPPER",
    "LOWER",
    "REVERSE",
    "DATEADD",
    "DATEDIFF",
    "DATEPART",
    "SYSDATETIME",
    "SYSUTCDATETIME",
    "SYSDATETIMEOFFSET",
    "SWITCHOFFSET",
    "GETDATE",
    "GETUTCDATE",
    "DB_ID",
    "DB_NAME",
    "SCHEMA_NAME",
    "OBJECT_ID",
    "OBJECT_NAME",
    "OBJECTPROPERTY",
    "QUOTENAME",
    "SERVERPROPERTY",
    "DATABASEPROPERTYEX",
    "IS_SRVROLEMEMBER",
    "IS_MEMBER",
    "SUSER_SNAME",
    "SUSER_ID",
    "USER_ID",
    "HAS_PERMS_BY_NAME",
    "FILEPROPERTY",
    "ROW_NUMBER",
    "RANK",
    "ABS",
    "FLOOR",
    "CEILING",
    "ROUND",
    "CHECKDB",
    "DBINFO",
  ),
  ...from("2012", "t-sql/functions/try-convert-transact-sql")(
    "TRY_CONVERT",
    "TRY_CAST",
    "TRY_PARSE",
    "PARSE",
  ),
  ...from("2012", "t-sql/functions/logical-functions-iif-transact-sql")(
    "IIF",
    "CHOOSE",
    "CONCAT",
    "FORMAT",
    "EOMONTH",
  ),
  ...from("2012", "t-sql/functions/analytic-functions-transact-sql")(
    "LAG",
    "LEAD",
    "FIRST_VALUE",
    "LAST_VALUE",
  ),
  ...from("2012", "t-sql/functions/datefromparts-transact-sql")("DATEFROMPARTS", "DATETIMEFROMPARTS"),
  ...from("2016", "t-sql/functions/string-split-transact-sql")(
    "STRING_SPLIT",
    "JSON_VALUE",
    "OPENJSON",
    "STRING_ESCAPE",
  ),
  ...from("2017", "t-sql/functions/string-agg-transact-sql")("STRING_AGG", "TRIM", "CONCAT_WS", "TRANSLATE"),
  ...from("2022", "t-sql/functions/logical-functions-greatest-transact-sql")(
    "GREATEST",
    "LEAST",
    "DATETRUNC",
    "GENERATE_SERIES",
  ),
]);

/** Views, tables and functions of the system, as statements name them. */
export const OBJECTS: ReadonlyMap<string, Feature> = new Map([
  ...from("2008 R2", "relational-databases/system-catalog-views/catalog-views-transact-sql")(
    "sys.databases",
    "sys.master_files",
    "sys.database_files",
    "sys.database_recovery_status",
    "sys.filegroups",
    "sys.partitions",
    "sys.objects",
    "sys.tables",
    "sys.columns",
    "sys.certificates",
    "sys.asymmetric_keys",
    "sys.sysprocesses",
    "sys.database_mirroring",
    "sys.sp_executesql",
    "sys.allocation_units",
    "sys.server_principals",
    "sys.configurations",
    "sys.database_principals",
    "sys.database_role_members",
    "sys.database_permissions",
    "sys.servers",
  ),
  ...from("2008 R2", "relational-databases/system-dynamic-management-views/system-dynamic-management-views")(
    "sys.dm_exec_requests",
    "sys.dm_exec_sessions",
    "sys.dm_exec_connections",
    "sys.dm_exec_sql_text",
    "sys.dm_io_virtual_file_stats",
    "sys.dm_database_encryption_keys",
    "sys.dm_db_persisted_sku_features",
    "sys.dm_tran_database_transactions",
    "sys.dm_os_performance_counters",
    "sys.dm_os_sys_info",
    "sys.dm_db_partition_stats",
  ),
  ...from(
    "2016 SP2",
    "relational-databases/system-dynamic-management-views/sys-dm-db-log-stats-transact-sql",
  )("sys.dm_db_log_stats", "sys.dm_db_log_info"),
  ...from(
    "2016 SP2",
    "relational-databases/system-dynamic-management-views/sys-dm-db-file-space-usage-transact-sql",
  )("sys.dm_db_file_space_usage"),
  ...from("2012", "relational-databases/system-catalog-views/sys-availability-groups-transact-sql")(
    "sys.availability_groups",
    "sys.availability_replicas",
    "sys.availability_databases_cluster",
    "sys.dm_hadr_availability_replica_states",
    "sys.dm_hadr_database_replica_states",
  ),
  ...from(
    "2017",
    "relational-databases/system-dynamic-management-views/sys-dm-os-file-exists",
  )("sys.dm_os_file_exists"),
  ...from("2008 R2", "relational-databases/system-tables/backup-and-restore-tables-transact-sql")(
    "msdb.dbo.backupset",
    "msdb.dbo.backupmediaset",
    "msdb.dbo.backupmediafamily",
    "msdb.dbo.backupfile",
    "msdb.dbo.restorehistory",
    "msdb.dbo.sysjobs",
    "msdb.dbo.sysjobsteps",
    "msdb.dbo.sysjobschedules",
    "msdb.dbo.sysjobactivity",
  ),
  ...from(
    "2008 R2",
    "relational-databases/system-stored-procedures/general-extended-stored-procedures-transact-sql",
  )(
    "master.dbo.xp_instance_regread",
    "master.dbo.xp_create_subdir",
    "master.dbo.xp_fixeddrives",
    "master.sys.xp_instance_regread",
    "master.sys.xp_create_subdir",
    "master.sys.xp_fixeddrives",
  ),
]);

/** Columns that came later than the view or table they are of. */
export const COLUMNS: ReadonlyMap<string, Feature> = new Map([
  ...from("2012", "relational-databases/system-catalog-views/sys-databases-transact-sql")(
    "sys.databases.replica_id",
    "sys.databases.group_database_id",
    "sys.databases.containment",
    "sys.databases.containment_desc",
    "sys.databases.target_recovery_time_in_seconds",
  ),
  ...from("2014", "relational-databases/system-catalog-views/sys-databases-transact-sql")(
    "sys.databases.delayed_durability",
    "sys.databases.is_memory_optimized_elevate_to_snapshot_on",
  ),
  ...from("2016", "relational-databases/system-catalog-views/sys-databases-transact-sql")(
    "sys.databases.is_query_store_on",
    "sys.databases.is_remote_data_archive_enabled",
    "sys.databases.is_temporal_history_retention_enabled",
  ),
  ...from("2019", "relational-databases/system-catalog-views/sys-databases-transact-sql")(
    "sys.databases.is_accelerated_database_recovery_on",
    "sys.databases.catalog_collation_type",
  ),
  ...from("2012", "relational-databases/system-dynamic-management-views/sys-dm-exec-sessions-transact-sql")(
    "sys.dm_exec_sessions.database_id",
    "sys.dm_exec_sessions.open_transaction_count",
    "sys.dm_exec_sessions.authenticating_database_id",
  ),
  ...from(
    "2012",
    "relational-databases/system-dynamic-management-views/sys-dm-database-encryption-keys-transact-sql",
  )("sys.dm_database_encryption_keys.encryptor_type"),
  ...from(
    "2019",
    "relational-databases/system-dynamic-management-views/sys-dm-database-encryption-keys-transact-sql",
  )(
    "sys.dm_database_encryption_keys.encryption_state_desc",
    "sys.dm_database_encryption_keys.encryption_scan_state",
  ),
  ...from(
    "2012",
    "relational-databases/system-catalog-views/sys-tables-transact-sql",
  )("sys.tables.is_filetable"),
  ...from("2014", "relational-databases/system-catalog-views/sys-tables-transact-sql")(
    "sys.tables.is_memory_optimized",
    "sys.tables.durability",
  ),
  ...from("2016", "relational-databases/system-catalog-views/sys-tables-transact-sql")(
    "sys.tables.temporal_type",
    "sys.tables.is_external",
  ),
  ...from("2014", "relational-databases/system-tables/backupset-transact-sql")(
    "msdb.dbo.backupset.key_algorithm",
    "msdb.dbo.backupset.encryptor_thumbprint",
    "msdb.dbo.backupset.encryptor_type",
    "msdb.dbo.backupmediaset.is_encrypted",
  ),
  ...from("2022", "relational-databases/system-tables/backupset-transact-sql")(
    "msdb.dbo.backupset.last_valid_restore_time",
    "msdb.dbo.backupset.compression_algorithm",
  ),
]);

/** Properties that answer NULL on servers without them: harmless to ask, so only what relies on them is bound to a release. */
export const PROPERTIES: ReadonlyMap<string, Feature> = new Map([
  ...from("2016 SP2", "t-sql/functions/databasepropertyex-transact-sql")("LastGoodCheckDbTime"),
]);

/** Syntax, by a pattern on a statement whose literals are taken out. */
export const SYNTAX: readonly [RegExp, Feature][] = [
  [/\bTHROW\b/i, { since: "2012", page: "t-sql/language-elements/throw-transact-sql" }],
  [/\bOFFSET\b[^;]*\bROWS\b/i, { since: "2012", page: "t-sql/queries/select-order-by-clause-transact-sql" }],
  [/\bWITH RESULT SETS\b/i, { since: "2012", page: "t-sql/language-elements/execute-transact-sql" }],
  [/\bALTER (SERVER )?ROLE\b/i, { since: "2012", page: "t-sql/statements/alter-role-transact-sql" }],
  [/\bDROP \w+ IF EXISTS\b/i, { since: "2016", page: "t-sql/statements/drop-table-transact-sql" }],
  [/\bCREATE OR ALTER\b/i, { since: "2016 SP1", page: "t-sql/statements/create-procedure-transact-sql" }],
  [/\bAT TIME ZONE\b/i, { since: "2016", page: "t-sql/queries/at-time-zone-transact-sql" }],
  [
    /\bFOR JSON\b/i,
    {
      since: "2016",
      page: "relational-databases/json/format-query-results-as-json-with-for-json-sql-server",
    },
  ],
  [/\bIS (NOT )?DISTINCT FROM\b/i, { since: "2022", page: "t-sql/queries/is-distinct-from-transact-sql" }],
];
