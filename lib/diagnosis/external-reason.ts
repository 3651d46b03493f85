import { deniedPermission } from "./denied-permission";
import type { ExternalErrorFields, ExternalErrorKind } from "./external-error";
import type { ExternalReason } from "./failure-reasons";

type Fields = Pick<ExternalErrorFields, "system" | "kind" | "providerCode" | "providerMessage">;

/** The key of the text that tells an external failure. Codes first, then Node's socket errors, then the kind. */
export function externalReason(fields: Fields): ExternalReason {
  switch (fields.system) {
    case "sql_server":
      if (fields.providerCode === "ETLS") return tlsReason(fields.providerMessage);
      if (fields.kind === "forbidden" && deniedPermission(fields.providerMessage)) return "sql_permission";
      return (
        lookUp(SQL_CODES, fields.providerCode) ??
        socketReason(fields.providerMessage) ??
        SQL_KINDS[fields.kind]
      );
    case "oss":
      return lookUp(OSS_CODES, fields.providerCode) ?? OSS_KINDS[fields.kind];
    case "rds":
      return lookUp(RDS_CODES, fields.providerCode) ?? RDS_KINDS[fields.kind];
  }
}

function lookUp(table: Readonly<Record<string, ExternalReason>>, code: string | null): ExternalReason | null {
  if (code === null || !Object.hasOwn(table, code)) return null;
  return table[code] ?? null;
}

/** A handshake that failed: over the certificate, or over the protocol. */
function tlsReason(message: string): ExternalReason {
  return socketReason(message) === "sql_tls_refused" ? "sql_tls_refused" : "sql_tls_untrusted";
}

/** The driver gives every failed connection one code (ESOCKET) and says which in words: Node's own error names. */
function socketReason(message: string): ExternalReason | null {
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return "sql_host_not_found";
  if (/ECONNREFUSED/.test(message)) return "sql_port_refused";
  if (
    /self[- ]signed certificate|unable to verify the first certificate|unable to get (?:local )?issuer|certificate has expired|ERR_TLS_CERT|does not match certificate/i.test(
      message,
    )
  ) {
    return "sql_tls_untrusted";
  }
  if (
    /unsupported protocol|wrong version number|handshake failure|no shared cipher|dh key too small|ERR_SSL/i.test(
      message,
    )
  ) {
    return "sql_tls_refused";
  }
  if (/ECONNRESET|EPIPE|socket hang up|Connection lost/i.test(message)) return "sql_connection_lost";
  if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(message)) return "sql_timeout";
  return null;
}

/** Numbers: Microsoft's error list. Words: codes of `mssql` and Node. */
const SQL_CODES: Readonly<Record<string, ExternalReason>> = {
  "18456": "sql_login_failed",
  // The state says more where a server tells it. https://learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error
  "18456/2": "sql_login_unknown",
  "18456/5": "sql_login_unknown",
  "18456/6": "sql_login_unknown",
  "18456/7": "sql_login_disabled",
  "18456/8": "sql_login_password",
  "18456/9": "sql_login_password",
  "18456/11": "sql_login_no_access",
  "18456/12": "sql_login_no_access",
  "18456/13": "sql_login_paused",
  "18456/18": "sql_password_must_change",
  "18456/38": "sql_database_not_found",
  "18456/40": "sql_database_not_found",
  "18456/58": "sql_login_windows_only",
  "17142": "sql_login_paused",
  "18452": "sql_untrusted_domain",
  "18470": "sql_login_disabled",
  "18486": "sql_login_locked",
  ELOGIN: "sql_login_failed",
  "18487": "sql_password_expired",
  "18488": "sql_password_must_change",
  "911": "sql_database_not_found",
  "4060": "sql_database_not_found",
  "942": "sql_database_not_found",
  ENOTFOUND: "sql_host_not_found",
  EAI_AGAIN: "sql_host_not_found",
  ECONNREFUSED: "sql_port_refused",
  EINSTLOOKUP: "sql_instance_not_found",
  EBROWSER: "sql_browser_silent",
  ENOTCP: "sql_instance_no_tcp",
  ETLSNAME: "sql_tls_name",
  ETLSEXPIRED: "sql_tls_expired",
  ETLSVERSION: "sql_tls_too_old",
  ETLSHANDSHAKE: "sql_tls_refused",
  ENOTENCRYPTED: "sql_not_encrypted",
  EHANGUP: "sql_hung_up",
  DEPTH_ZERO_SELF_SIGNED_CERT: "sql_tls_untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "sql_tls_untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "sql_tls_untrusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "sql_tls_name",
  CERT_HAS_EXPIRED: "sql_tls_expired",
  EENCRYPT: "sql_tls_required",
  ETIMEOUT: "sql_timeout",
  ETIMEDOUT: "sql_timeout",
  ECONNCLOSED: "sql_connection_lost",
  ECONNRESET: "sql_connection_lost",
  EPIPE: "sql_connection_lost",
  "229": "sql_forbidden",
  "230": "sql_forbidden",
  "262": "sql_forbidden",
  "300": "sql_forbidden",
  "916": "sql_database_no_access",
  "3110": "sql_forbidden",
  "5011": "sql_forbidden",
  "15247": "sql_forbidden",
  "3201": "sql_backup_device",
  "3023": "sql_backup_running",
  "4214": "sql_log_needs_full",
  "4219": "sql_log_needs_full",
  "4208": "sql_simple_recovery",
  "3035": "sql_differential_needs_full",
  "3043": "sql_page_damaged",
  "3202": "sql_disk_full",
  "3241": "sql_not_a_backup",
  "3242": "sql_not_a_backup",
  "3256": "sql_not_a_backup",
  "927": "sql_database_restoring",
};

const SQL_KINDS: Readonly<Record<ExternalErrorKind, ExternalReason>> = {
  auth: "sql_login_failed",
  forbidden: "sql_forbidden",
  not_found: "sql_failed",
  throttled: "sql_failed",
  timeout: "sql_timeout",
  unavailable: "sql_connection_lost",
  conflict: "sql_failed",
  invalid: "sql_failed",
  quota: "sql_failed",
};

/** Codes of OSS's public error list. */
const OSS_CODES: Readonly<Record<string, ExternalReason>> = {
  InvalidAccessKeyId: "oss_access_key_unknown",
  SignatureDoesNotMatch: "oss_signature",
  "InvalidAccessKeyId.NotFound": "oss_access_key_unknown",
  "InvalidAccessKeyId.Inactive": "oss_access_key_unknown",
  AccessKeyDisabled: "oss_access_key_unknown",
  AccessDenied: "oss_forbidden",
  AccessForbidden: "oss_forbidden",
  UserDisable: "oss_forbidden",
  SecurityTokenExpired: "oss_token_expired",
  InvalidSecurityToken: "oss_token_expired",
  NoSuchBucket: "oss_no_such_bucket",
  InvalidBucketName: "oss_no_such_bucket",
  NoSuchKey: "oss_no_such_key",
  NoSuchUpload: "oss_no_such_upload",
  SecondLevelDomainForbidden: "oss_wrong_endpoint",
  RequestTimeTooSkewed: "oss_clock_skew",
  InvalidObjectState: "oss_not_readable_yet",
  InvalidDigest: "oss_integrity",
  BadDigest: "oss_integrity",
  InvalidPart: "oss_integrity",
  InvalidCrc64Ecma: "oss_integrity",
  QpsLimitExceeded: "oss_throttled",
  DownloadTrafficRateLimitExceeded: "oss_throttled",
  UploadTrafficRateLimitExceeded: "oss_throttled",
};

const OSS_KINDS: Readonly<Record<ExternalErrorKind, ExternalReason>> = {
  auth: "oss_signature",
  forbidden: "oss_forbidden",
  not_found: "oss_failed",
  throttled: "oss_throttled",
  timeout: "oss_timeout",
  unavailable: "oss_unavailable",
  conflict: "oss_failed",
  invalid: "oss_failed",
  quota: "oss_failed",
};

/** Codes of the RDS OpenAPI for the calls we make; both spellings that its pages use. */
const RDS_CODES: Readonly<Record<string, ExternalReason>> = {
  "InvalidAccessKeyId.NotFound": "rds_access_key_unknown",
  "InvalidAccessKeyId.Inactive": "rds_access_key_unknown",
  "InvalidSecurityToken.Expired": "rds_token_expired",
  "InvalidSecurityToken.Malformed": "rds_token_expired",
  "InvalidSecurityToken.MismatchWithAccessKey": "rds_token_expired",
  NoCredentials: "rds_no_credentials",
  SignatureDoesNotMatch: "rds_signature",
  IncompleteSignature: "rds_signature",
  "InvalidTimeStamp.Expired": "rds_clock_skew",
  "InvalidTimeStamp.Format": "rds_clock_skew",
  "Forbidden.RAM": "rds_forbidden",
  Forbidden: "rds_forbidden",
  NoPermission: "rds_forbidden",
  InvalidUserOperatorPermission: "rds_forbidden",
  "InvalidDBInstanceId.NotFound": "rds_instance_not_found",
  "InvalidDBInstanceName.NotFound": "rds_instance_not_found",
  InvalidInstanceState: "rds_instance_not_running",
  IncorrectDBInstanceState: "rds_instance_not_running",
  InvalidInstanceType: "rds_instance_type",
  IncorrectDBInstanceType: "rds_instance_type",
  InvalidInstanceLockMode: "rds_instance_locked",
  IncorrectDBInstanceLockMode: "rds_instance_locked",
  EngineNotSupported: "rds_engine",
  EngineVersionNotSupported: "rds_engine",
  "EntityNotExist.Role": "rds_import_role_missing",
  ExceedUploadTime: "rds_daily_limit",
  UploadLimitExceeded: "rds_daily_limit",
  ConcurrentTaskExceeded: "rds_daily_limit",
  InvalidFile: "rds_file_not_accepted",
  IncorrectFileExtension: "rds_file_not_accepted",
  BakFileSizeExceeded: "rds_file_too_large",
  FileSizeExceeded: "rds_file_too_large",
  BakFilesNeeded: "rds_object_missing",
  "InvalidOssObjectPositions.Format": "rds_object_position",
  InvalidOSSURL: "rds_object_position",
  InvalidOssUrl: "rds_object_position",
  InvalidOssObjectStorageClassType: "rds_storage_class",
  ExceedDiskSize: "rds_disk_too_small",
  InvalidDBName: "rds_database_name",
  "InvalidDBName.NotFound": "rds_database_name",
  "InvalidDBName.Format": "rds_database_name",
  "InvalidDBName.Forbid": "rds_database_name",
  "InvalidDBName.Duplicate": "rds_database_name",
  InvalidDBState: "rds_database_state",
  IncorrectDBState: "rds_database_state",
  InvalidDBType: "rds_database_state",
  IncorrectDBType: "rds_database_state",
  DatabaseMustOnline: "rds_must_be_online",
  InvalideStatus: "rds_task_state",
  InvalidTaskStatus: "rds_task_state",
  InvalidMigrateTask: "rds_task_not_found",
  "InvalidTask.NotFound": "rds_task_not_found",
  Throttling: "rds_throttled",
  "Throttling.User": "rds_throttled",
  "Throttling.Api": "rds_throttled",
  ServiceUnavailable: "rds_unavailable",
  ExternalFailure: "rds_unavailable",
};

const RDS_KINDS: Readonly<Record<ExternalErrorKind, ExternalReason>> = {
  auth: "rds_signature",
  forbidden: "rds_forbidden",
  not_found: "rds_failed",
  throttled: "rds_throttled",
  timeout: "rds_timeout",
  unavailable: "rds_unavailable",
  conflict: "rds_failed",
  invalid: "rds_failed",
  quota: "rds_failed",
};
