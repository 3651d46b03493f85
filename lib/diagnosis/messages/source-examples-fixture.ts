import type { FAILURE_MESSAGES } from "../cloud-messages";
import type { MessageKey, TaskMessage } from "../message-table";
import type { Example } from "./task-examples-fixture";

type Key = Exclude<MessageKey, TaskMessage["key"] | (typeof FAILURE_MESSAGES)[number]["key"]>;

/** Messages of SQL Server about backups and the server, of Alibaba's scripts, and codes that services share. */
export const SOURCE_EXAMPLES: Readonly<Record<Key, readonly [Example, ...Example[]]>> = {
  snapshot_not_allowed: [["Cannot BACKUP or RESTORE a database snapshot.", {}]],
  inside_transaction: [["Cannot perform a backup or restore operation within a transaction.", {}]],
  backup_must_be_serialized: [
    [
      "Backup, file manipulation operations (such as ALTER DATABASE ADD FILE) and encryption changes on a database must be serialized. Reissue the statement after the current backup or file manipulation operation is completed.",
      {},
    ],
    [
      "Backup and file manipulation operations (such as ALTER DATABASE ADD FILE) on a database must be serialized. Reissue the statement after the current backup or file manipulation operation is completed.",
      {},
    ],
  ],
  differential_needs_full: [
    [
      'Cannot perform a differential backup for database "Sales", because a current database backup does not exist. Perform a full database backup by reissuing BACKUP DATABASE, omitting the WITH DIFFERENTIAL option.',
      { database: "Sales" },
    ],
  ],
  warm_standby: [
    [
      'The database "Sales" is in warm-standby state (set by executing RESTORE WITH STANDBY) and cannot be backed up until the entire restore sequence is completed.',
      { database: "Sales" },
    ],
  ],
  backup_failed_see_log: [
    [
      "BACKUP failed to complete the command BACKUP LOG Sales. Check the backup application log for detailed messages.",
      { command: "BACKUP LOG Sales" },
    ],
  ],
  damaged_page_on_source: [
    [
      "BACKUP 'Sales' detected an error on page (1:243) in file 'D:\\Data\\Sales.mdf'.",
      { database: "Sales", fileId: "1", page: "243", file: "D:\\Data\\Sales.mdf" },
    ],
  ],
  backup_on_secondary: [
    ["This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.", {}],
    ["Cannot backup from a HADRON secondary because it is not in Synchronizing or Synchronized state.", {}],
  ],
  device_access_denied: [
    [
      "Cannot open backup device 'D:\\Backup\\Sales.bak'. Operating system error 5(Access is denied.).",
      { device: "D:\\Backup\\Sales.bak" },
    ],
    ["无法打开备份设备 'D:\\备份\\库存.bak'。操作系统错误 5(拒绝访问。)。", { device: "D:\\备份\\库存.bak" }],
  ],
  device_path_not_found: [
    [
      "Cannot open backup device 'X:\\none\\a.bak'. Operating system error 3(The system cannot find the path specified.).",
      { device: "X:\\none\\a.bak" },
    ],
  ],
  device_in_use: [
    [
      "Cannot open backup device 'D:\\a.bak'. Operating system error 32(The process cannot access the file because it is being used by another process.).",
      { device: "D:\\a.bak" },
    ],
    ["The process cannot access the file because it is being used by another process.", {}],
  ],
  device_not_openable: [
    [
      "Cannot open backup device 's3://oss/a.bak'. Operating system error 50(The request is not supported.).",
      { device: "s3://oss/a.bak", osError: "50(The request is not supported.)" },
    ],
    ["Msg 3201, Level 16, State 2, Server X, Line 1", { number: "3201" }],
    ["消息 3201，级别 16，状态 2，服务器 X，第 1 行", { number: "3201" }],
  ],
  device_full: [
    [
      'Write on "D:\\Backup\\Sales.bak" failed: 112(There is not enough space on the disk.)',
      { device: "D:\\Backup\\Sales.bak" },
    ],
  ],
  device_write_failed: [
    [
      'Write on "D:\\a.bak" failed: 1117(The request could not be performed because of an I/O device error.)',
      { device: "D:\\a.bak" },
    ],
  ],
  device_read_failed: [
    ['Read on "D:\\a.bak" failed: 38(Reached the end of the file.)', { device: "D:\\a.bak" }],
  ],
  device_io_error: [
    [
      'A nonrecoverable I/O error occurred on file "D:\\a.bak:" 64(The specified network name is no longer available.).',
      { device: "D:\\a.bak", osError: "64(The specified network name is no longer available.)" },
    ],
  ],
  simple_recovery_model: [
    [
      "The statement BACKUP LOG is not allowed while the recovery model is SIMPLE. Use BACKUP DATABASE or change the recovery model using ALTER DATABASE.",
      {},
    ],
  ],
  log_needs_full: [
    ["BACKUP LOG cannot be performed because there is no current database backup.", {}],
    ["无法执行 BACKUP LOG，因为当前没有数据库备份。", {}],
  ],
  log_pending_replication: [
    [
      "The log was not truncated because records at the beginning of the log are pending replication or Change Data Capture. Ensure the Log Reader Agent or capture job is running or use sp_repldone to mark transactions as distributed or captured.",
      {},
    ],
  ],
  log_of_read_only: [
    [
      "BACKUP LOG cannot modify the database because the database is read-only. The backup will continue, although subsequent backups will duplicate the work of this backup.",
      {},
    ],
  ],
  log_chain_broken: [
    [
      "The log backup chain is broken. You must perform a full database backup before you can perform a log backup.",
      {},
    ],
  ],
  not_in_this_edition: [
    [
      "BACKUP DATABASE WITH COMPRESSION is not supported on Express Edition (64-bit).",
      { edition: "Express Edition (64-bit)" },
    ],
  ],
  backup_succeeded: [
    [
      "BACKUP DATABASE successfully processed 1,344 pages in 0.020 seconds (134.3 MB/sec).",
      { pages: "1344", seconds: "0.020", rate: "134.3" },
    ],
  ],
  pages_processed: [
    [
      "Processed 344 pages for database 'Sales', file 'Sales_Data' on file 1.",
      { pages: "344", database: "Sales", file: "Sales_Data", set: "1" },
    ],
  ],
  percent_processed: [["10 percent processed.", { percent: "10" }]],
  script_type_unknown: [["Backup type INCR is not supported!", { type: "INCR" }]],
  script_folder_empty: [["backup_folder is not allow empty!", {}]],
  script_is_run_wrong: [["is_run parameter should be 0 or 1 !", {}]],
  script_working: [["--===== 1/3: Working on database", { number: "1", count: "3" }]],
  checkdb_clean: [
    [
      "CHECKDB found 0 allocation errors and 0 consistency errors in database 'xxx'. DBCC execution completed. If DBCC printed error messages, contact your system administrator.",
      { database: "xxx" },
    ],
  ],
  checkdb_found_errors: [
    [
      "CHECKDB found 0 allocation errors and 2 consistency errors in database 'Sales 2026'.",
      { allocationErrors: "0", consistencyErrors: "2", table: "Sales 2026" },
    ],
    [
      "CHECKDB found 10 allocation errors and 0 consistency errors in table 'Orders' (object ID 2039678314).",
      { allocationErrors: "10", consistencyErrors: "0", table: "Orders" },
    ],
  ],
  checkdb_repair_level: [
    ["repair_allow_data_loss is the minimum repair level for the errors found by DBCC CHECKDB (Sales).", {}],
  ],
  dbcc_completed: [
    ["DBCC execution completed. If DBCC printed error messages, contact your system administrator.", {}],
  ],
  filegroup_full: [
    [
      "Could not allocate space for object 'dbo.Orders'.'PK' in database 'Sales' because the 'PRIMARY' filegroup is full. Create disk space by deleting unneeded files, dropping objects in the filegroup, adding additional files to the filegroup, or setting autogrowth on for existing files in the filegroup.",
      { object: "dbo.Orders'.'PK", database: "Sales", filegroup: "PRIMARY" },
    ],
  ],
  log_full: [
    [
      "The transaction log for database 'Sales' is full due to 'LOG_BACKUP' and the holdup lsn is (37:824:1).",
      { database: "Sales", waitsFor: "LOG_BACKUP" },
    ],
    [
      "The transaction log for database 'Sales' is full due to 'LOG_BACKUP'.",
      { database: "Sales", waitsFor: "LOG_BACKUP" },
    ],
  ],
  data_file_not_openable: [
    [
      'Unable to open the physical file "D:\\Data\\Sales.mdf". Operating system error 2: "2(The system cannot find the file specified.)".',
      { file: "D:\\Data\\Sales.mdf" },
    ],
  ],
  data_file_not_creatable: [
    [
      "CREATE FILE encountered operating system error 5(Access is denied.) while attempting to open or create the physical file 'D:\\Data\\a.mdf'.",
      { osError: "5(Access is denied.)", file: "D:\\Data\\a.mdf" },
    ],
  ],
  lock_on_database: [
    [
      "ALTER DATABASE failed because a lock could not be placed on database 'Sales'. Try again later.",
      { database: "Sales" },
    ],
  ],
  single_user_seat_taken: [
    [
      "Changes to the state or options of database 'Sales' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.",
      { database: "Sales" },
    ],
  ],
  others_use_database: [
    [
      "Database state cannot be changed while other users are using the database 'Sales'",
      { database: "Sales" },
    ],
  ],
  alter_database_failed: [["ALTER DATABASE statement failed.", {}]],
  login_failed: [
    ["Login failed for user 'sa'.", { login: "sa" }],
    ["用户 'sa' 登录失败。", { login: "sa" }],
  ],
  login_cannot_open_database: [
    ['Cannot open database "Sales" requested by the login. The login failed.', { database: "Sales" }],
  ],
  ram_call_forbidden: [
    [
      "code: 403, User not authorized to operate on the specified resource, or this API doesn't support RAM. request id: 5C3D CreateMigrateTask",
      { call: "CreateMigrateTask", actions: "rds:CreateMigrateTask" },
    ],
    [
      '{"Code":"Forbidden.RAM","AccessDeniedDetail":{"AuthAction":"rds:CreateBackup","PolicyType":"AccountLevelIdentityBasedPolicy"}}',
      { call: "CreateBackup", actions: "rds:CreateBackup", code: "Forbidden.RAM" },
    ],
  ],
  cloud_access_key_unknown: [["InvalidAccessKeyId.NotFound", { code: "InvalidAccessKeyId.NotFound" }]],
  cloud_signature: [
    ["IncompleteSignature", { code: "IncompleteSignature" }],
    ["SignatureDoesNotMatch", { code: "SignatureDoesNotMatch" }],
  ],
  cloud_token_expired: [["InvalidSecurityToken.Expired", { code: "InvalidSecurityToken.Expired" }]],
  cloud_clock_skew: [["RequestTimeTooSkewed", { code: "RequestTimeTooSkewed" }]],
  cloud_proxy: [["ProxyAuthenticationRequired", { code: "ProxyAuthenticationRequired" }]],
  cloud_not_reached: [
    ["ENOTFOUND", { code: "ENOTFOUND" }],
    ["ECONNREFUSED", { code: "ECONNREFUSED" }],
  ],
  cloud_untrusted: [["SELF_SIGNED_CERT_IN_CHAIN", { code: "SELF_SIGNED_CERT_IN_CHAIN" }]],
  cloud_throttled: [
    ["Throttling.User", { code: "Throttling.User" }],
    ["Throttling", { code: "Throttling" }],
    ["Throttling: Request was denied due to request throttling.", { code: "Throttling" }],
    [
      "Throttling: code: 400, Request was denied due to user flow control. request id: 5C3D",
      { code: "Throttling" },
    ],
    ["Error code: Throttling, request id: 5C3D", { code: "Throttling" }],
  ],
  cloud_timeout: [["RequestTimeoutError", { code: "RequestTimeoutError" }]],
  cloud_unavailable: [["ExternalFailure", { code: "ExternalFailure" }]],
  bucket_of_another_account: [["The bucket you visit is not belong to you.", {}]],
  oss_endpoint_unreachable: [["OSS status -2", {}]],
  no_backup_in_folder: [
    [
      "There is no backup file on OSS Bucket [migratetest] under [Full Backups/] folder, check please.",
      { bucket: "migratetest", folder: "Full Backups/" },
    ],
    [
      "There is no backup file on OSS Bucket [..] under [..] folder, check please.",
      { bucket: "..", folder: ".." },
    ],
  ],
  not_a_backup_suffix: [
    ["Warning!!!!!, [read me.txt] is not backup file, filtered.", { file: "read me.txt" }],
    ["Warning!!!!!, [x] is not backup file, filtered.", { file: "x" }],
  ],
  openapi_error: [["OPENAPI Response Error !!!!! RequestId 5C3D", {}]],
  ok_button_dimmed: [
    ["Is the OK button dimmed when configuring the migration task?", {}],
    ["“确定”按钮置灰", {}],
  ],
  role_grant_no_permission: [
    ["Does the RAM user get a no permission error when granting the AliyunRDSImportRole permission?", {}],
  ],
  bucket_list_empty: [["Without authorization, the OSS Bucket drop-down list remains empty.", {}]],
};
