import type { Message } from "./message";
import { SOURCES } from "./sources";

/** What SQL Server says while it restores: RDS passes such words on in a task's description. */
export const RESTORE_MESSAGES = [
  {
    key: "log_too_recent",
    templates: [
      "The log in this backup set begins at LSN {lsn@}, which is too recent to apply to the database. An earlier log backup that includes LSN {neededLsn@} can be restored",
      "The log in this backup set begins at LSN {lsn@}, which is too recent",
      "此备份集中的日志开始于 LSN {lsn@}，该 LSN 太晚，无法应用到数据库",
    ],
    numbers: [4305],
    source: SOURCES.incrementalImport,
  },
  {
    key: "log_too_early",
    templates: [
      "The log in this backup set terminates at LSN {lsn@}, which is too early to apply to the database. A more recent log backup that includes LSN {neededLsn@} can be restored",
      "The log in this backup set terminates at LSN {lsn@}, which is too early",
      "此备份集中的日志终止于 LSN {lsn@}，该 LSN 太早，无法应用到数据库",
    ],
    numbers: [4326],
    source: SOURCES.sql4000,
  },
  {
    key: "log_gap",
    templates: ["This log cannot be restored because a gap in the log chain was created"],
    numbers: [4312],
    source: SOURCES.sql4000,
  },
  {
    key: "other_recovery_fork",
    templates: [
      "This backup set cannot be applied because it is on a recovery path that is inconsistent with the database",
    ],
    numbers: [4330],
    source: SOURCES.sql4000,
  },
  {
    key: "log_ends_too_early",
    templates: [
      "File '{file}' has been rolled forward to LSN {lsn@}. This log terminates at LSN {endLsn@}, which is too early to apply the WITH RECOVERY option",
      "This log terminates at LSN {endLsn@}, which is too early to apply the WITH RECOVERY option",
    ],
    numbers: [4318],
    source: SOURCES.sql4000,
  },
  {
    key: "roll_forward_start",
    templates: ["The roll forward start point is now at log sequence number (LSN) {lsn@}"],
    numbers: [4303],
    source: SOURCES.sql4000,
  },
  {
    key: "other_database",
    templates: [
      "holds a backup of a database other than the existing '{database}' database",
      "holds a backup of a database other than",
      "备份集中的数据库备份与现有的 '{database}' 数据库不同",
    ],
    numbers: [3154],
    source: SOURCES.sql3000,
  },
  {
    key: "replace_needed",
    templates: [
      "The database to be restored was named '{database}'. Reissue the statement using the WITH REPLACE option to overwrite the '{existing}' database",
      "The database to be restored was named '{database}'.",
    ],
    numbers: [3141],
    source: SOURCES.sql3000,
  },
  {
    key: "already_recovered",
    templates: [
      "The log or differential backup cannot be restored because no files are ready to rollforward",
      "无法还原日志备份或差异备份，因为没有文件可用于前滚",
    ],
    numbers: [3117],
    source: SOURCES.sql3000,
  },
  {
    key: "full_needed_first",
    templates: [
      "The database '{database}' does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file",
      "RESTORE can only create a database when restoring either a full backup or a file backup of the primary file",
    ],
    numbers: [3118],
    source: SOURCES.sql3000,
  },
  {
    key: "already_restored_beyond",
    templates: [
      "This backup set will not be restored because all data has already been restored to a point beyond the time covered by this backup set",
    ],
    numbers: [3120],
    source: SOURCES.sql3000,
  },
  {
    key: "stripe_missing",
    templates: [
      "The media set has {families#} media families but only {given#} are provided",
      "The media set has {families#} media families but only {given#} is provided",
      "The media set has {families#} media family but only {given#} are provided",
      "介质集有 {families#} 个介质簇，但只提供了 {given#} 个",
    ],
    numbers: [3132],
    source: SOURCES.sql3000,
  },
  {
    key: "wrong_differential_base",
    templates: [
      "This differential backup cannot be restored because the database has not been restored to the correct earlier state",
      "无法还原此差异备份，因为该数据库尚未还原到正确的早期状态",
    ],
    numbers: [3136],
    source: SOURCES.sql3000,
  },
  {
    key: "database_file_in_use",
    templates: [
      "The file '{file}' cannot be overwritten. It is being used by database '{database}'.",
      "File '{file}' cannot be restored to '{path}'. Use WITH MOVE to identify a valid location for the file",
      "File '{file}' cannot be restored to '{path}'.",
      "Cannot create file '{file}' because it already exists",
    ],
    numbers: [1834, 3156, 5170],
    source: SOURCES.sql3000,
  },
  {
    key: "database_in_use",
    templates: [
      "Exclusive access could not be obtained because the database is in use",
      "因为数据库正在使用，所以无法获得对数据库的独占访问权",
    ],
    numbers: [3101],
    source: SOURCES.sql3000,
  },
  {
    key: "used_by_this_session",
    templates: ["cannot process database '{database}' because it is in use by this session"],
    numbers: [3102],
    source: SOURCES.sql3000,
  },
  {
    key: "tail_not_backed_up",
    templates: ["The tail of the log for the database '{database}' has not been backed up"],
    numbers: [3159],
    source: SOURCES.sql3000,
  },
  {
    key: "newer_version",
    templates: [
      "The database was backed up on a server running database version {sourceVersion#}. That version is incompatible with this server, which supports version {targetVersion#}",
      "The database was backed up on a server running version {sourceVersion}. That version is incompatible with this server, which is running version {targetVersion}. Either restore",
      "The database was backed up on a server running <<database>> version",
      "该数据库是在运行版本 {sourceVersion} 的服务器上备份的",
    ],
    numbers: [3169],
    source: SOURCES.sql3000,
  },
  {
    key: "newer_files",
    templates: [
      "The database '{database}' cannot be opened because it is version {sourceVersion#}. This server supports version {targetVersion#} and earlier",
    ],
    numbers: [948],
    source: SOURCES.sql0,
  },
  {
    key: "standby_needs_upgrade",
    templates: ["This backup cannot be restored using WITH STANDBY because a database upgrade is needed"],
    numbers: [3180],
    source: SOURCES.sql3000,
  },
  {
    key: "damaged_when_backed_up",
    templates: [
      "The backup set cannot be restored because the database was damaged when the backup occurred",
    ],
    numbers: [3182],
    source: SOURCES.sql3000,
  },
  {
    key: "damaged_page_in_backup",
    templates: [
      "RESTORE detected an error on page ({file#}:{page#}) in database '{database}' as read from the backup set",
      "RESTORE detected an error on page",
    ],
    numbers: [3183],
    source: SOURCES.sql3000,
  },
  {
    key: "damaged_backup_set",
    templates: ["Damage to the backup set was detected"],
    numbers: [3189],
    source: SOURCES.sql3000,
  },
  {
    key: "no_checksums_in_backup",
    templates: [
      "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information",
    ],
    numbers: [3187],
    source: SOURCES.sql3000,
  },
  {
    key: "media_family_malformed",
    templates: [
      "The media family on device '{device}' is incorrectly formed",
      "设备 '{device}' 上的介质簇的结构不正确",
    ],
    numbers: [3241],
    source: SOURCES.sql3000,
  },
  {
    key: "not_a_backup_file",
    templates: ["The file on device '{device}' is not a valid Microsoft Tape Format backup set"],
    numbers: [3242],
    source: SOURCES.sql3000,
  },
  {
    key: "other_media_version",
    templates: ["The media family on device '{device}' was created using Microsoft Tape Format version"],
    numbers: [3243],
    source: SOURCES.sql3000,
  },
  {
    key: "backup_incomplete",
    templates: [
      "The backup set on device '{device}' was terminated while it was being created and is incomplete",
    ],
    numbers: [3256],
    source: SOURCES.sql3000,
  },
  {
    key: "disk_too_small_for_database",
    templates: [
      "There is insufficient free space on disk volume '{volume}' to create the database. The database requires {neededBytes#} additional free bytes, while only {leftBytes#} bytes are available",
      "There is insufficient free space on disk volume '{volume}' to create the database",
    ],
    numbers: [3257],
    source: SOURCES.sql3000,
  },
  {
    key: "upgrade_of_read_only",
    templates: [
      "Database '{database}' cannot be upgraded because it is read-only",
      "Database '{database}' cannot be upgraded because it is read only",
    ],
    numbers: [3415],
    source: SOURCES.sql3000,
  },
  {
    key: "edition_partitioning",
    templates: [
      "Database '{database}' cannot be started in this edition of SQL Server because it contains a partition function '{object}'. Only",
      "Database '{database}' cannot be started in this edition of SQL Server because it contains a partition function",
    ],
    numbers: [905],
    source: SOURCES.sql0,
  },
  {
    key: "edition_compression",
    templates: [
      "Database '{database}' cannot be started in this edition of SQL Server because part or all of object '{object}' is enabled with data compression",
    ],
    numbers: [909],
    source: SOURCES.sql0,
  },
  {
    key: "edition_memory_optimized",
    templates: [
      "cannot be started in this edition of SQL Server because it contains a MEMORY_OPTIMIZED_DATA filegroup",
    ],
    numbers: [41381],
    source: SOURCES.sql31000,
  },
  {
    key: "certificate_missing",
    templates: [
      "Cannot find server {kind} with thumbprint '{thumbprint}'.",
      "找不到指纹为 '{thumbprint}' 的服务器",
      "找不到具有指纹 '{thumbprint}' 的服务器",
    ],
    numbers: [33111],
    source: SOURCES.sql31000,
  },
  {
    key: "restore_not_permitted",
    templates: ["User does not have permission to RESTORE database '{database}'."],
    numbers: [3110],
    source: SOURCES.sql3000,
  },
  {
    key: "restore_not_planned",
    templates: ["Problems were identified while planning for the RESTORE statement"],
    numbers: [3119],
    weight: "frame",
    source: SOURCES.sql3000,
  },
  {
    key: "statement_terminated",
    templates: [
      "BACKUP DATABASE is terminating abnormally",
      "BACKUP LOG is terminating abnormally",
      "RESTORE DATABASE is terminating abnormally",
      "RESTORE LOG is terminating abnormally",
      "RESTORE HEADERONLY is terminating abnormally",
      "RESTORE FILELISTONLY is terminating abnormally",
      "VERIFY DATABASE is terminating abnormally",
      "BACKUP DATABASE 正在异常终止",
      "BACKUP LOG 正在异常终止",
      "RESTORE DATABASE 正在异常终止",
      "RESTORE LOG 正在异常终止",
    ],
    numbers: [3013],
    weight: "frame",
    source: SOURCES.sql3000,
  },
] as const satisfies readonly Message[];
