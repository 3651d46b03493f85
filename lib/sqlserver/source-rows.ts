import type { BackupKind } from "@/lib/backup/backup-kind";
import { USER_ACCESSES } from "@/lib/diagnosis/user-access";
import { flagField, numberField, textField } from "./row-fields";
import type { Row } from "./run-statement";
import type {
  ChainGuard,
  RunningBackup,
  SourceBackupRow,
  SourceDatabase,
  SourceSession,
} from "./source-server";

/** Rows of list-databases.sql. Columns may be NULL while a database is not online. */
export function toSourceDatabase(row: Row): SourceDatabase {
  const recoveryModel = textField(row, "recovery_model_desc");
  const userAccess = textField(row, "user_access_desc");
  return {
    name: textField(row, "name") ?? "",
    state: textField(row, "state_desc") ?? "UNKNOWN",
    recoveryModel: recoveryModel === "SIMPLE" || recoveryModel === "BULK_LOGGED" ? recoveryModel : "FULL",
    userAccess: USER_ACCESSES.find((access) => access === userAccess) ?? "MULTI_USER",
    readOnly: flagField(row, "is_read_only"),
    compatibilityLevel: numberField(row, "compatibility_level") ?? 0,
    collation: textField(row, "collation_name"),
    encrypted: flagField(row, "is_encrypted"),
    dataBytes: numberField(row, "data_bytes"),
    logBytes: numberField(row, "log_bytes"),
    internalVersion: numberField(row, "internal_version"),
    lastLogBackupLsn: textField(row, "last_log_backup_lsn"),
  };
}

/** Rows of read-chain-guard.sql. */
export function toChainGuard(row: Row): ChainGuard {
  return {
    state: textField(row, "state_desc") ?? "UNKNOWN",
    recoveryModel: textField(row, "recovery_model_desc") ?? "UNKNOWN",
    differentialBaseGuid: textField(row, "differential_base_guid"),
    differentialBaseLsn: textField(row, "differential_base_lsn"),
    nextLogFirstLsn: textField(row, "next_log_first_lsn"),
    forkGuid: textField(row, "recovery_fork_guid"),
    databaseGuid: textField(row, "database_guid"),
  };
}

/** msdb.dbo.backupset.type; F, G, P and Q (files, partial) are not ours. */
const kindByType: Readonly<Record<string, BackupKind>> = { D: "full", I: "differential", L: "log" };

/** Rows of list-backups.sql. */
export function toSourceBackupRow(row: Row): SourceBackupRow {
  return {
    name: textField(row, "set_name"),
    kind: kindByType[textField(row, "backup_type")?.trim() ?? ""] ?? "other",
    database: textField(row, "database_name") ?? "",
    startedAtLocal: textField(row, "started_local") ?? "",
    finishedAtLocal: textField(row, "finished_local"),
    firstLsn: textField(row, "first_lsn"),
    lastLsn: textField(row, "last_lsn"),
    checkpointLsn: textField(row, "checkpoint_lsn"),
    databaseBackupLsn: textField(row, "database_backup_lsn"),
    differentialBaseGuid: textField(row, "differential_base_guid"),
    backupSetGuid: textField(row, "backup_set_guid"),
    sizeBytes: numberField(row, "backup_size") ?? 0,
    compressedSizeBytes: numberField(row, "compressed_size"),
    copyOnly: flagField(row, "is_copy_only"),
    tail: flagField(row, "is_tail"),
    userName: textField(row, "user_name"),
    path: textField(row, "physical_device_name"),
  };
}

/** Rows of list-running-backups.sql. */
export function toRunningBackup(row: Row): RunningBackup {
  return {
    sessionId: numberField(row, "session_id") ?? 0,
    database: textField(row, "database_name") ?? "",
    command: textField(row, "command") ?? "",
    percent: numberField(row, "percent_complete") ?? 0,
    startedAtLocal: textField(row, "started_local") ?? "",
  };
}

/** Rows of list-sessions.sql and list-sessions-2008.sql. */
export function toSourceSession(row: Row): SourceSession {
  return {
    sessionId: numberField(row, "session_id") ?? 0,
    login: textField(row, "login_name") ?? "",
    host: textField(row, "host_name"),
    program: textField(row, "program_name"),
    status: textField(row, "status") ?? "",
    lastRequestAtLocal: textField(row, "last_request_local"),
    openTransactions: numberField(row, "open_transactions") ?? 0,
  };
}
