import type { Message } from "./message";
import { SOURCES } from "./sources";

/** What SQL Server says while it backs up, and of the files it writes and reads. */
export const BACKUP_MESSAGES = [
  {
    key: "snapshot_not_allowed",
    templates: ["Cannot BACKUP or RESTORE a database snapshot"],
    numbers: [3002],
    source: SOURCES.sql3000,
  },
  {
    key: "inside_transaction",
    templates: ["Cannot perform a backup or restore operation within a transaction"],
    numbers: [3021],
    source: SOURCES.sql3000,
  },
  {
    key: "backup_must_be_serialized",
    templates: [
      "Backup, file manipulation operations (such as ALTER DATABASE ADD FILE) and encryption changes on a database must be serialized",
      "Backup and file manipulation operations (such as ALTER DATABASE ADD FILE) on a database must be serialized",
    ],
    numbers: [3023],
    source: SOURCES.sql3000,
  },
  {
    key: "differential_needs_full",
    templates: [
      "Cannot perform a differential backup for database '{database}', because a current database backup does not exist",
      "Cannot perform a differential backup for database '{database}' because a current database backup does not exist",
    ],
    numbers: [3035],
    source: SOURCES.sql3000,
  },
  {
    key: "warm_standby",
    templates: [
      "The database '{database}' is in warm-standby state (set by executing RESTORE WITH STANDBY) and cannot be backed up until the entire restore sequence is completed",
      "is in warm-standby state (set by executing RESTORE WITH STANDBY) and cannot be backed up",
    ],
    numbers: [3036],
    source: SOURCES.sql3000,
  },
  {
    key: "backup_failed_see_log",
    templates: ["BACKUP failed to complete the command {command}. Check the backup application log"],
    numbers: [3041],
    weight: "frame",
    source: SOURCES.sql3000,
  },
  {
    key: "damaged_page_on_source",
    templates: ["BACKUP '{database}' detected an error on page ({fileId#}:{page#}) in file '{file}'."],
    numbers: [3043],
    source: SOURCES.sql3000,
  },
  {
    key: "backup_on_secondary",
    templates: [
      "This BACKUP or RESTORE command is not supported on a database mirror or secondary replica",
      "Cannot backup from a HADRON secondary because it is not in Synchronizing or Synchronized state",
    ],
    numbers: [3059, 3062],
    source: SOURCES.sql3000,
  },
  {
    key: "device_access_denied",
    patterns: [
      /(?:cannot open backup device|无法打开备份设备) ?'?(?<device>.{1,400}?)'? ?[.,]? ?(?:operating system error|操作系统错误) ?'? ?5 ?(?:\(|'|\b)/i,
    ],
    source: SOURCES.sql3000,
  },
  {
    key: "device_path_not_found",
    patterns: [
      /(?:cannot open backup device|无法打开备份设备) ?'?(?<device>.{1,400}?)'? ?[.,]? ?(?:operating system error|操作系统错误) ?'? ?(?:2|3|15|53|67|1203|1326) ?(?:\(|'|\b)/i,
    ],
    source: SOURCES.sql3000,
  },
  {
    key: "device_in_use",
    patterns: [
      /(?:cannot open backup device|无法打开备份设备) ?'?(?<device>.{1,400}?)'? ?[.,]? ?(?:operating system error|操作系统错误) ?'? ?(?:32|33) ?(?:\(|'|\b)/i,
    ],
    templates: [
      "The process cannot access the file because it is being used by another process",
      "另一个程序正在使用此文件，进程无法访问",
    ],
    source: SOURCES.sql3000,
  },
  {
    key: "device_not_openable",
    templates: [
      "Cannot open backup device '{device}'. Operating system error {osError!}.",
      "Cannot open backup device '{device}'.",
      "无法打开备份设备 '{device}'. 操作系统错误 {osError!}.",
      "无法打开备份设备 '{device}'.",
    ],
    numbers: [3201],
    weight: "frame",
    source: SOURCES.sql3000,
  },
  {
    key: "device_full",
    patterns: [
      /(?:write on|nonrecoverable i\/o error occurred on file) ?'(?<device>[^']{1,400})'.{0,60}?112 ?\(/i,
      /112 ?\((?:there is not enough space on the disk|磁盘空间不足)/i,
    ],
    source: SOURCES.sql3000,
  },
  {
    key: "device_write_failed",
    templates: ["Write on '{device}' failed: {osError!}.", "Write on '{device}' failed"],
    numbers: [3202],
    weight: "frame",
    source: SOURCES.sql3000,
  },
  {
    key: "device_read_failed",
    templates: ["Read on '{device}' failed: {osError!}.", "Read on '{device}' failed"],
    numbers: [3203],
    source: SOURCES.sql3000,
  },
  {
    key: "device_io_error",
    templates: [
      "A nonrecoverable I/O error occurred on file '{device}:' {osError!}.",
      "A nonrecoverable I/O error occurred on file '{device}'.",
    ],
    numbers: [3271],
    weight: "frame",
    source: SOURCES.sql3000,
  },
  {
    key: "simple_recovery_model",
    templates: [
      "The statement BACKUP LOG is not allowed while the recovery model is SIMPLE",
      "The statement {statement} is not allowed while the recovery model is SIMPLE",
      "当恢复模式为 SIMPLE 时，不允许使用 BACKUP LOG 语句",
    ],
    numbers: [4208],
    source: SOURCES.sql4000,
  },
  {
    key: "log_needs_full",
    templates: [
      "BACKUP LOG cannot be performed because there is no current database backup",
      "无法执行 BACKUP LOG，因为当前没有数据库备份",
    ],
    numbers: [4214],
    source: SOURCES.sql4000,
  },
  {
    key: "log_pending_replication",
    templates: [
      "The log was not truncated because records at the beginning of the log are pending replication or Change Data Capture",
      "The log was not truncated because records at the beginning of the log are pending replication",
    ],
    numbers: [4215],
    weight: "news",
    source: SOURCES.sql4000,
  },
  {
    key: "log_of_read_only",
    templates: ["BACKUP LOG cannot modify the database because the database is read-only"],
    numbers: [4217],
    weight: "news",
    source: SOURCES.sql4000,
  },
  {
    key: "log_chain_broken",
    templates: [
      "The log backup chain is broken. You must perform a full database backup before you can perform a log backup",
      "The log backup chain is broken",
    ],
    numbers: [4219],
    source: SOURCES.sql4000,
  },
  {
    key: "not_in_this_edition",
    templates: [
      "BACKUP DATABASE WITH COMPRESSION is not supported on {edition}.",
      "BACKUP LOG WITH COMPRESSION is not supported on {edition}.",
      "WITH COMPRESSION is not supported on {edition}.",
    ],
    numbers: [1844],
    source: SOURCES.sql1000,
  },
  {
    key: "backup_succeeded",
    templates: [
      "successfully processed {pages#} pages in {seconds#} seconds ({rate#} MB/sec)",
      "成功处理了 {pages#} 页，花费 {seconds#} 秒",
    ],
    numbers: [3014],
    weight: "news",
    source: SOURCES.sql3000,
  },
  {
    key: "pages_processed",
    templates: ["Processed {pages#} pages for database '{database}', file '{file}' on file {set#}."],
    numbers: [4035],
    weight: "news",
    source: SOURCES.sql4000,
  },
  {
    key: "percent_processed",
    templates: ["{percent#} percent processed", "已处理百分之 {percent#}"],
    numbers: [3211],
    weight: "news",
    source: SOURCES.sql3000,
  },
  {
    key: "script_type_unknown",
    templates: ["Backup type {type} is not supported!"],
    source: SOURCES.incrementalImport,
  },
  {
    key: "script_folder_empty",
    templates: ["backup_folder is not allow empty"],
    source: SOURCES.incrementalImport,
  },
  {
    key: "script_is_run_wrong",
    templates: ["is_run parameter should be 0 or 1"],
    source: SOURCES.incrementalImport,
  },
  {
    key: "script_working",
    templates: ["--===== {number#}/{count#}: Working on database"],
    weight: "news",
    source: SOURCES.incrementalImport,
  },
] as const satisfies readonly Message[];
