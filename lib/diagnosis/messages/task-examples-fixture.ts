import type { TaskMessage } from "../message-table";

/** A message as it is printed, with the params it has. */
export type Example = readonly [text: string, params: Readonly<Record<string, string>>];

/** Messages of tasks as Alibaba's pages, its guide and sys.messages print them, variable parts filled in or left. */
export const TASK_EXAMPLES: Readonly<Record<TaskMessage["key"], readonly [Example, ...Example[]]>> = {
  database_exists: [
    [
      "The database (testdb) is already exist on RDS, please backup and drop it, then try again.",
      { database: "testdb" },
    ],
    [
      "The database (xxx) is already exist on RDS, please backup and drop it, then try again.",
      { database: "xxx" },
    ],
    ["The database 库存 2026 already exists on RDS.", { database: "库存 2026" }],
  ],
  differential_in_full_task: [
    [
      "Backup set (testdb_diff.bak) is a Database Differential backup, we only accept a FULL Backup.",
      { file: "testdb_diff.bak" },
    ],
    [
      "Backup set (xxx.bak) is a Database Differential backup, we only accept a FULL Backup.",
      { file: "xxx.bak" },
    ],
  ],
  log_in_full_task: [
    [
      "Backup set (a (copy).trn) is a Transaction Log backup, we only accept a FULL Backup.",
      { file: "a (copy).trn" },
    ],
    ["Backup set (xxx.trn) is a Transaction Log backup, we only accept a FULL Backup.", { file: "xxx.trn" }],
  ],
  full_in_waiting_task: [
    [
      "Backup set (full.bak) is a Database FULL backup, we only accept transaction log or differential backup.",
      { file: "full.bak" },
    ],
    [
      "Backup set (销售 库_FULL.bak) is a Database FULL backup, we only accept transaction log or differential backup.",
      { file: "销售 库_FULL.bak" },
    ],
  ],
  file_corrupt_or_newer: [
    [
      "Failed to verify testdb.bak, backup file was corrupted or newer edition than RDS.",
      { file: "testdb.bak" },
    ],
    ["Failed to verify xxx.bak, backup file was corrupted or newer edition than RDS.", { file: "xxx.bak" }],
  ],
  file_verify_failed: [["VerifyFailed", { code: "VerifyFailed" }]],
  checkdb_succeeded_async: [
    ["Success to DBCC checkdb asynchronously.", {}],
    ["Success to DBCC checkdb asynchronously", {}],
  ],
  checkdb_failed_async: [
    [
      "asynchronously DBCC checkdb failed: CHECKDB found 0 allocation errors and 2 consistency errors in table 'XXX' (object ID 2039678314).",
      { allocationErrors: "0", consistencyErrors: "2", table: "XXX", objectId: "2039678314" },
    ],
    [
      "asynchronously DBCC checkdb failed: CHECKDB found 1,204 allocation errors and 2 consistency errors in table 'Order Lines' (object ID XXX).",
      { allocationErrors: "1204", consistencyErrors: "2", table: "Order Lines", objectId: "XXX" },
    ],
  ],
  checkdb_failed: [["DBCC checkdb failed", {}]],
  url_expired: [["Failed to download backup file since OSS URL was expired.", {}]],
  download_failed: [
    ["Failed to download", {}],
    ["Failed to download backup file.", {}],
    ["Failed to download file Sales 2026.bak.", { file: "Sales 2026.bak" }],
    ["DownloadFailed", { code: "DownloadFailed" }],
  ],
  disk_too_small_for_restore: [
    [
      "Not Enough Disk Space for restoring, space left (1024 MB) < needed (40960 MB).",
      { leftMb: "1024", neededMb: "40960" },
    ],
    [
      "Not Enough Disk Space for restoring, space left (1,024 MB) < needed (40 960.5 MB).",
      { leftMb: "1024", neededMb: "40960.5" },
    ],
    [
      "Not Enough Disk Space for restoring, space left (xxx MB) < needed (xxx MB).",
      { leftMb: "xxx", neededMb: "xxx" },
    ],
  ],
  disk_too_small_for_file: [
    ["Not Enough Disk Space, space left 10 MB < bak file 40960 MB.", { leftMb: "10", neededMb: "40960" }],
    ["Not Enough Disk Space, space left xxx MB < bak file xxx MB.", { leftMb: "xxx", neededMb: "xxx" }],
    ["Not Enough Disk Space, space left MB < bak file MB.", {}],
  ],
  no_init_account: [
    [
      "Your RDS doesn't have any init account yet, please create one and grant permissions on RDS console to this migrated database (TestDb).",
      { database: "TestDb" },
    ],
    [
      "Your RDS doesn't have any init account yet, please create one and grant permissions on RDS console to this migrated database (XXX).",
      { database: "XXX" },
    ],
  ],
  database_count_limit: [
    ["The database (testdb) migration failed due to databases count limitation.", { database: "testdb" }],
    ["The database (xxx) migration failed due to databases count limitation.", { database: "xxx" }],
  ],
  open_failed: [
    ["Failed to open database testdb.", { database: "testdb" }],
    ["Failed to open database xxx.", { database: "xxx" }],
    ["Failed to open database 'Sales 2026'.", { database: "Sales 2026" }],
    ["Failed to open database my.shop.", { database: "my.shop" }],
  ],
  import_role_ready: [
    ["You have authorized RDS official service account to access your OSS", {}],
    ["您已授权RDS官方服务账号可以访问您OSS的权限", {}],
  ],
  log_too_recent: [
    [
      "The log in this backup set begins at LSN 47000000082400001, which is too recent to apply to the database.RESTORE LOG is terminating abnormally.",
      { lsn: "47000000082400001" },
    ],
    [
      "The log in this backup set begins at LSN XXX, which is too recent to apply to the database. RESTORE LOG is terminating abnormally.",
      { lsn: "XXX" },
    ],
    [
      "The log in this backup set begins at LSN 47000000082400001, which is too recent to apply to the database. An earlier log backup that includes LSN 46000000011200001 can be restored.",
      { lsn: "47000000082400001", neededLsn: "46000000011200001" },
    ],
    [
      "The log in this backup set begins at LSN 0000002f:00000338:0001, which is too recent to apply to the database.",
      { lsn: "0000002f:00000338:0001" },
    ],
    ["The log in this backup set begins at LSN , which is too recent to apply to the database.", {}],
    [
      "此备份集中的日志开始于 LSN 47000000082400001，该 LSN 太晚，无法应用到数据库。",
      { lsn: "47000000082400001" },
    ],
  ],
  log_too_early: [
    [
      "The log in this backup set terminates at LSN 38000000001600001, which is too early to apply to the database. A more recent log backup that includes LSN 39000000001600001 can be restored.",
      { lsn: "38000000001600001", neededLsn: "39000000001600001" },
    ],
  ],
  log_gap: [
    [
      "This log cannot be restored because a gap in the log chain was created. Use more recent data backups to bridge the gap.",
      {},
    ],
  ],
  other_recovery_fork: [
    [
      "This backup set cannot be applied because it is on a recovery path that is inconsistent with the database. The recovery path is the sequence of data and log backups that have brought the database to a particular recovery point.",
      {},
    ],
  ],
  log_ends_too_early: [
    [
      "File 'Shop' has been rolled forward to LSN 37000000082400001. This log terminates at LSN 37000000050400037, which is too early to apply the WITH RECOVERY option. Reissue the RESTORE LOG statement WITH NORECOVERY.",
      { file: "Shop", lsn: "37000000082400001", endLsn: "37000000050400037" },
    ],
  ],
  roll_forward_start: [
    [
      "The roll forward start point is now at log sequence number (LSN) 37000000082400001. Additional roll forward past LSN 37000000092400001 is required to complete the restore sequence.",
      { lsn: "37000000082400001" },
    ],
  ],
  other_database: [
    [
      "The backup set holds a backup of a database other than the existing 'Sales 2026' database. RESTORE LOG is terminating abnormally.",
      { database: "Sales 2026" },
    ],
    [
      "The backup set holds a backup of a database other than the existing ‘O'Brien’ database.",
      { database: "O'Brien" },
    ],
    ["holds a backup of a database other than", {}],
    ["备份集中的数据库备份与现有的“库存”数据库不同。", { database: "库存" }],
  ],
  replace_needed: [
    [
      "The database to be restored was named 'Sales'. Reissue the statement using the WITH REPLACE option to overwrite the 'Shop' database.",
      { database: "Sales", existing: "Shop" },
    ],
  ],
  already_recovered: [
    ["The log or differential backup cannot be restored because no files are ready to rollforward.", {}],
    ["无法还原日志备份或差异备份，因为没有文件可用于前滚。", {}],
  ],
  full_needed_first: [
    [
      'The database "Sales" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.',
      { database: "Sales" },
    ],
  ],
  already_restored_beyond: [
    [
      "This backup set will not be restored because all data has already been restored to a point beyond the time covered by this backup set.",
      {},
    ],
  ],
  stripe_missing: [
    [
      "The media set has 4 media families but only 1 are provided. All members must be provided.",
      { families: "4", given: "1" },
    ],
    ["介质集有 2 个介质簇，但只提供了 1 个。必须提供所有成员。", { families: "2", given: "1" }],
    ["Msg 3132, Level 16, State 1", { number: "3132" }],
  ],
  wrong_differential_base: [
    [
      "This differential backup cannot be restored because the database has not been restored to the correct earlier state.",
      {},
    ],
  ],
  database_file_in_use: [
    [
      "The file 'D:\\Data\\Shop.mdf' cannot be overwritten.  It is being used by database 'Old Shop'.",
      { file: "D:\\Data\\Shop.mdf", database: "Old Shop" },
    ],
    [
      "File 'Shop' cannot be restored to 'E:\\Data\\Shop.mdf'. Use WITH MOVE to identify a valid location for the file.",
      { file: "Shop", path: "E:\\Data\\Shop.mdf" },
    ],
    [
      "Cannot create file 'D:\\Data\\Shop.mdf' because it already exists. Change the file path or the file name, and retry the operation.",
      { file: "D:\\Data\\Shop.mdf" },
    ],
  ],
  database_in_use: [
    ["Exclusive access could not be obtained because the database is in use.", {}],
    ["因为数据库正在使用，所以无法获得对数据库的独占访问权。", {}],
  ],
  used_by_this_session: [
    [
      "RESTORE cannot process database 'Sales' because it is in use by this session. It is recommended that the master database be used when performing this operation.",
      { database: "Sales" },
    ],
  ],
  tail_not_backed_up: [
    [
      'The tail of the log for the database "Sales" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log.',
      { database: "Sales" },
    ],
  ],
  newer_version: [
    [
      "The database was backed up on a server running database version 957. That version is incompatible with this server, which supports version 904. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.",
      { sourceVersion: "957", targetVersion: "904" },
    ],
    [
      "The database was backed up on a server running version 15.00.2000. That version is incompatible with this server, which is running version 13.00.5026. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.",
      { sourceVersion: "15.00.2000", targetVersion: "13.00.5026" },
    ],
  ],
  newer_files: [
    [
      "The database 'Sales' cannot be opened because it is version 957. This server supports version 904 and earlier. A downgrade path is not supported.",
      { database: "Sales", sourceVersion: "957", targetVersion: "904" },
    ],
  ],
  standby_needs_upgrade: [
    [
      "This backup cannot be restored using WITH STANDBY because a database upgrade is needed. Reissue the RESTORE without WITH STANDBY.",
      {},
    ],
  ],
  damaged_when_backed_up: [
    [
      "The backup set cannot be restored because the database was damaged when the backup occurred. Salvage attempts may exploit WITH CONTINUE_AFTER_ERROR.",
      {},
    ],
  ],
  damaged_page_in_backup: [
    [
      'RESTORE detected an error on page (1:243) in database "Sales" as read from the backup set.',
      { file: "1", page: "243", database: "Sales" },
    ],
  ],
  damaged_backup_set: [["Damage to the backup set was detected.", {}]],
  no_checksums_in_backup: [
    [
      "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.",
      {},
    ],
  ],
  media_family_malformed: [
    [
      "The media family on device 'D:\\Backup\\Sales.bak' is incorrectly formed. SQL Server cannot process this media family.",
      { device: "D:\\Backup\\Sales.bak" },
    ],
    [
      "设备“D:\\备份\\库存.bak”上的介质簇的结构不正确。SQL Server 无法处理此介质簇。",
      { device: "D:\\备份\\库存.bak" },
    ],
  ],
  not_a_backup_file: [
    [
      "The file on device 'D:\\Backup\\a.zip' is not a valid Microsoft Tape Format backup set.",
      { device: "D:\\Backup\\a.zip" },
    ],
  ],
  other_media_version: [
    [
      "The media family on device 'D:\\a.bak' was created using Microsoft Tape Format version 2.0. SQL Server supports version 1.0.",
      { device: "D:\\a.bak" },
    ],
  ],
  backup_incomplete: [
    [
      "The backup set on device 'D:\\a.bak' was terminated while it was being created and is incomplete. RESTORE sequence is terminated abnormally.",
      { device: "D:\\a.bak" },
    ],
  ],
  disk_too_small_for_database: [
    [
      "There is insufficient free space on disk volume 'D:\\' to create the database. The database requires 1,073,741,824 additional free bytes, while only 1048576 bytes are available.",
      { volume: "D:\\", neededBytes: "1073741824", leftBytes: "1048576" },
    ],
  ],
  upgrade_of_read_only: [
    [
      "Database 'Sales' cannot be upgraded because it is read-only, has read-only files or the user does not have permissions to modify some of the files. Make the database or files writeable, and rerun recovery.",
      { database: "Sales" },
    ],
  ],
  edition_partitioning: [
    [
      "Database 'Sales' cannot be started in this edition of SQL Server because it contains a partition function 'PF Year'. Only Enterprise edition of SQL Server supports partitioning.",
      { database: "Sales", object: "PF Year" },
    ],
  ],
  edition_compression: [
    [
      "Database 'Sales' cannot be started in this edition of SQL Server because part or all of object 'Orders' is enabled with data compression or vardecimal storage format. Data compression and vardecimal storage format are only supported on SQL Server Enterprise Edition.",
      { database: "Sales", object: "Orders" },
    ],
  ],
  edition_memory_optimized: [
    [
      "The database cannot be started in this edition of SQL Server because it contains a MEMORY_OPTIMIZED_DATA filegroup. See Books Online for more details on feature support in different SQL Server editions.",
      {},
    ],
  ],
  certificate_missing: [
    [
      "Cannot find server certificate with thumbprint '0x8FD2A6B4C1'.",
      { kind: "certificate", thumbprint: "0x8FD2A6B4C1" },
    ],
    [
      "Cannot find server asymmetric key with thumbprint '0xAB'.",
      { kind: "asymmetric key", thumbprint: "0xAB" },
    ],
    ["Msg 33111, Level 16, State 3, Server X, Line 1", { number: "33111" }],
  ],
  restore_not_permitted: [
    ["User does not have permission to RESTORE database 'Sales'.", { database: "Sales" }],
  ],
  restore_not_planned: [
    [
      "Problems were identified while planning for the RESTORE statement. Previous messages provide details.",
      {},
    ],
  ],
  statement_terminated: [
    ["RESTORE DATABASE is terminating abnormally.", {}],
    ["BACKUP LOG is terminating abnormally.", {}],
    ["BACKUP DATABASE 正在异常终止。", {}],
  ],
};
