import { type ErrorTable, indexErrors } from "./error-table";
import { NETWORK_CODES } from "./network-codes";

/**
 * Codes of RDS, RAM and the gateway in front of them, for the calls we make; both families of names that the documents
 * use. A new error is an entry here and its two texts.
 */
export const RDS_ERRORS = {
  rds_access_key_unknown: { auth: ["InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive"] },
  rds_signature: {
    auth: [
      "SignatureDoesNotMatch",
      "IncompleteSignature",
      "InvalidAccessKeyId",
      "SignatureNonceUsed",
      "MissingSecurityToken",
      "InvalidCredentials",
    ],
  },
  rds_token_expired: {
    auth: ["InvalidSecurityToken.Expired", "InvalidSecurityToken.Malformed"],
    any: ["InvalidSecurityToken.MismatchWithAccessKey"],
  },
  rds_no_credentials: { any: ["NoCredentials"] },
  rds_clock_skew: { auth: ["InvalidTimeStamp.Expired", "InvalidTimeStamp.Format"] },
  rds_forbidden: {
    forbidden: [
      "Forbidden.RAM",
      "Forbidden",
      "NoPermission",
      "InvalidUserOperatorPermission",
      "Forbidden.AccessKeyDisabled",
    ],
  },
  // The families Order.*, Price.*, Pay.* and Risk.* are known by their beginnings: `isPaymentCode`.
  rds_payment: { forbidden: ["OrderStatus.UnPaid"] },
  /** Of a call that is known: params `call`, `actions`. */
  rds_call_forbidden: {},
  rds_instance_not_found: { not_found: ["InvalidDBInstanceId.NotFound", "InvalidDBInstanceName.NotFound"] },
  rds_instance_not_running: {
    conflict: [
      "InvalidInstanceState",
      "IncorrectDBInstanceState",
      "InvalidDBInstanceStatus.NotSupport",
      "OperationDenied.DBInstanceStatus",
    ],
  },
  rds_instance_type: { invalid: ["InvalidInstanceType", "IncorrectDBInstanceType"] },
  rds_instance_locked: { conflict: ["InvalidInstanceLockMode", "IncorrectDBInstanceLockMode"] },
  rds_engine: { any: ["EngineNotSupported", "EngineVersionNotSupported"] },
  rds_import_role_missing: { forbidden: ["EntityNotExist.Role"] },
  rds_daily_limit: { quota: ["ExceedUploadTime", "UploadLimitExceeded", "ConcurrentTaskExceeded"] },
  rds_file_not_accepted: { any: ["InvalidFile", "IncorrectFileExtension"] },
  rds_file_too_large: { quota: ["BakFileSizeExceeded", "FileSizeExceeded"] },
  rds_object_missing: { not_found: ["BakFilesNeeded"] },
  rds_object_position: {
    invalid: ["InvalidOssObjectPositions.Format"],
    any: ["InvalidOSSURL", "InvalidOssUrl"],
  },
  rds_storage_class: { any: ["InvalidOssObjectStorageClassType"] },
  rds_disk_too_small: { quota: ["ExceedDiskSize"] },
  rds_database_name: {
    invalid: ["InvalidDBName"],
    not_found: ["InvalidDBName.NotFound"],
    conflict: ["InvalidDBName.Duplicate"],
    any: ["InvalidDBName.Format", "InvalidDBName.Forbid"],
  },
  rds_database_state: {
    conflict: ["InvalidDBState", "IncorrectDBState"],
    any: ["InvalidDBType", "IncorrectDBType"],
  },
  rds_database_missing: { not_found: ["InvalidDB.NotFound"] },
  rds_database_restoring: { conflict: ["DbRestoring"] },
  rds_must_be_online: { any: ["DatabaseMustOnline"] },
  rds_task_state: { conflict: ["InvalideStatus", "InvalidTaskStatus"] },
  rds_task_not_stoppable: { conflict: ["InvalidTaskType.Invalid"] },
  rds_task_not_stopped: { conflict: ["UnfinishedTerminateMigrateTask"] },
  rds_task_not_found: { not_found: ["InvalidMigrateTask", "InvalidTask.NotFound"] },
  rds_backup_running: { conflict: ["BackupJobExists"] },
  rds_backup_limit: { quota: ["Exceeded.BackupTimes"] },
  rds_backup_method: { invalid: ["InvalidBackupMethod.ValueNotSupport"] },
  rds_account_exists: { conflict: ["InvalidAccountName.Duplicate"] },
  rds_account_name: { invalid: ["InvalidAccountName.Forbid", "InvalidAccountName.Malformed"] },
  rds_account_password: { invalid: ["InvalidAccountPassword.Format"] },
  rds_account_limit: { quota: ["AccountLimitExceeded"] },
  rds_account_failed: { any: ["Account.AddError"] },
  rds_unsupported_operation: { invalid: ["UnsupportedOperation"] },
  rds_statement_failed: { any: ["SqlExcutionFailed"] },
  rds_request_invalid: {
    invalid: [
      "InvalidParameter.Invalid",
      "InvalidParameterCombination",
      "InvalidStartTimeAndEndTime.Malformed",
      "InvalidAction.NotFound",
      "Invalid.NextToken",
    ],
    not_found: ["InvalidCondition.NotFound", "InvalidAcceptLanguage.NotFound"],
  },
  rds_proxy: { unavailable: NETWORK_CODES.proxy },
  rds_host_unknown: { unavailable: NETWORK_CODES.nameUnknown },
  rds_not_reached: { unavailable: NETWORK_CODES.notReached },
  rds_untrusted: { unavailable: NETWORK_CODES.untrusted },
  rds_throttled: { throttled: ["Throttling", "Throttling.User", "Throttling.Api"] },
  rds_timeout: { timeout: ["NetworkOrSqlTimeoutError", "RequestTimeoutError"] },
  rds_unavailable: {
    unavailable: [
      "ServiceUnavailable",
      "ExternalFailure",
      "InternalError",
      "InvokeProxyFailure",
      "ConnectTimeoutRetryLater",
      "TimeoutRetryLater",
      "Database.ConnectError",
      "Database.QueryError",
    ],
  },
  rds_failed: {
    not_found: ["DataNotExist"],
    quota: ["QuotaExceeded"],
  },
} as const satisfies ErrorTable;

export const RDS_CODES = indexErrors(RDS_ERRORS);

/** Whether a code is of one of the families for orders, prices, payment and risk (`Order.…`, `Pay.…`). */
export function isPaymentCode(code: string): boolean {
  return /^(?:Order|Price|Pay|Risk)\.[A-Z]/.test(code) || RDS_CODES.get(code)?.reason === "rds_payment";
}
