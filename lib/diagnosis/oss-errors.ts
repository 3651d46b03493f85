import { type ErrorTable, indexErrors } from "./error-table";
import { NETWORK_CODES } from "./network-codes";

/** Codes of OSS. https://www.alibabacloud.com/help/en/oss/support/http-status-code-4 */
export const OSS_ERRORS = {
  oss_access_key_unknown: {
    auth: [
      "InvalidAccessKeyId",
      "InvalidAccessKeyId.NotFound",
      "InvalidAccessKeyId.Inactive",
      "AccessKeyDisabled",
    ],
  },
  oss_signature: { auth: ["SignatureDoesNotMatch", "SecurityTokenNotSupported"] },
  oss_token_expired: { auth: ["SecurityTokenExpired", "InvalidSecurityToken"] },
  oss_forbidden: { forbidden: ["AccessDenied", "AccessForbidden", "UserDisable", "KmsServiceForbidden"] },
  /** Of a call that is known: params `call`, `actions`. */
  oss_call_forbidden: {},
  oss_payment: { quota: ["UserOverdue"] },
  oss_no_such_bucket: { not_found: ["NoSuchBucket"], invalid: ["InvalidBucketName"] },
  oss_no_such_key: { not_found: ["NoSuchKey"] },
  oss_no_such_upload: { not_found: ["NoSuchUpload"] },
  /** Accounts of after March 2025, in the mainland. https://www.alibabacloud.com/help/en/oss/user-guide/manage-a-domain/ */
  oss_public_endpoint: { forbidden: ["PublicEndpointForbidden"] },
  oss_proxy: { unavailable: NETWORK_CODES.proxy },
  oss_host_unknown: { unavailable: NETWORK_CODES.nameUnknown },
  oss_not_reached: { unavailable: NETWORK_CODES.notReached },
  oss_untrusted: { unavailable: NETWORK_CODES.untrusted },
  oss_wrong_endpoint: { any: ["SecondLevelDomainForbidden"] },
  oss_clock_skew: { auth: ["RequestTimeTooSkewed"] },
  oss_not_readable_yet: { conflict: ["InvalidObjectState"] },
  oss_integrity: { invalid: ["InvalidDigest", "InvalidPart"], any: ["BadDigest", "InvalidCrc64Ecma"] },
  oss_throttled: {
    throttled: [
      "QpsLimitExceeded",
      "DownloadTrafficRateLimitExceeded",
      "UploadTrafficRateLimitExceeded",
      "TotalQpsLimitExceeded",
      "TrafficRateLimitExceeded",
      "SlowDown",
      "RequestLimitExceeded",
      "Throttling",
      "Throttling.User",
      "TooManyRequests",
    ],
  },
  oss_timeout: { timeout: ["RequestTimeout", "ConnectTimeout", "IdleTimeout"] },
  oss_unavailable: {
    unavailable: ["InternalError", "ServiceUnavailable", "AbortError", "AnswerTooLong", "BadAnswer"],
  },
  oss_failed: {
    not_found: ["NoSuchVersion"],
    conflict: [
      "FileAlreadyExists",
      "FileImmutable",
      "PreconditionFailed",
      "BucketAlreadyExists",
      "BucketNotEmpty",
      "RestoreAlreadyInProgress",
      "NotModified",
      "ObjectNotAppendable",
      "PositionNotEqualToLength",
      "OperationConflict",
    ],
    invalid: [
      "InvalidArgument",
      "InvalidObjectName",
      "InvalidPartOrder",
      "EntityTooSmall",
      "EntityTooLarge",
      "InvalidRange",
      "MalformedXML",
      "MissingArgument",
      "MissingContentLength",
      "MethodNotAllowed",
    ],
    quota: ["TooManyBuckets", "StorageQuotaExceeded", "BucketQuotaExceeded"],
  },
} as const satisfies ErrorTable;

export const OSS_CODES = indexErrors(OSS_ERRORS);
