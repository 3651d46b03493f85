/** HTTP status and English text of the codes this sandbox answers with, as the RDS API reference lists them. */
const ERRORS = {
  AccountLimitExceeded: [403, "The maximum number of accounts is exceeded."],
  BackupJobExists: [400, "There is already a backup job running."],
  BakFileSizeExceeded: [400, "The size of the backup file exceeds the limit."],
  BakFilesNeeded: [404, "No backup file was found at the specified location."],
  ConcurrentTaskExceeded: [
    400,
    "The number of migration tasks of this instance exceeds the limit of one day.",
  ],
  DatabaseMustOnline: [
    400,
    "The BackupMode and IsOnlineDB parameters do not fit: a FULL task must open the database, an UPDF task must not.",
  ],
  DbRestoring: [400, "The database is being restored."],
  "EntityNotExist.Role": [400, "The role does not exist: authorize RDS to read OSS first."],
  ExceedDiskSize: [400, "The backup file is larger than the disk of the instance."],
  ExceedUploadTime: [400, "The number of imports of this database exceeds the limit of one day."],
  "Exceeded.BackupTimes": [403, "The number of backup sets exceeds the limit of one day."],
  "Forbidden.RAM": [
    403,
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  ],
  IncompleteSignature: [400, "The request signature does not conform to Aliyun standards."],
  IncorrectDBInstanceState: [403, "Current DB instance state does not support this operation."],
  IncorrectDBInstanceType: [400, "Current DB instance engine and type does not support this operation."],
  IncorrectDBState: [403, "Current DB state does not support this operation."],
  IncorrectFileExtension: [400, "The extension of the backup file is not supported."],
  InternalError: [500, "The request processing has failed due to some unknown error."],
  "InvalidAccessKeyId.NotFound": [404, "Specified access key is not found."],
  "InvalidAccountName.Duplicate": [400, "The specified account name already exists."],
  "InvalidAccountName.Forbid": [400, "The specified account name is a reserved keyword."],
  "InvalidAccountName.Malformed": [400, "The specified account name is invalid."],
  "InvalidAccountName.NotFound": [404, "The specified account does not exist."],
  "InvalidAccountPassword.Format": [400, "The specified account password is not valid."],
  "InvalidAccountPrivilege.Malformed": [400, "The specified account privilege is not valid."],
  "InvalidAction.NotFound": [404, "Specified api is not found, please check your url and method."],
  "InvalidBackupMethod.ValueNotSupport": [400, "The specified backup method is not supported."],
  "InvalidDB.NotFound": [404, "The specified database does not exist."],
  "InvalidDBInstanceId.NotFound": [400, "The DBInstanceId provided does not exist in our records."],
  "InvalidDBInstanceName.NotFound": [404, "The specified DB instance name does not exist."],
  /** No document has it: what `unfamiliar` plays. */
  "OperationDenied.Hibernating": [403, "The instance rm-unfamiliar01 hibernates."],
  InvalidDBName: [400, "The specified database name is not allowed."],
  "InvalidDBName.Duplicate": [400, "The specified DB name already exists in the DB instance."],
  "InvalidDBName.Forbid": [400, "The specified DB name is a reserved keyword."],
  "InvalidDBName.Format": [400, "The specified DB name is not valid."],
  "InvalidDBName.NotFound": [404, "The specified DB name does not exist."],
  InvalidDBState: [400, "The database is being created or migrated."],
  InvalidFile: [400, "The specified file is not supported."],
  InvalidInstanceState: [403, "Current DB instance state does not support this operation."],
  InvalidMigrateTask: [400, "The specified migrate task does not exist."],
  InvalidOSSURL: [400, "The specified OSS URL is not valid."],
  "InvalidOssObjectPositions.Format": [403, "The OssObjectPositions parameter must be endpoint:bucket:key."],
  InvalidOssObjectStorageClassType: [400, "The storage class of the OSS object must be Standard."],
  InvalidParameter: [400, "The specified parameter is not valid."],
  "InvalidStartTimeAndEndTime.Malformed": [400, "The specified start or end time is not valid."],
  "InvalidTask.NotFound": [400, "The specified task does not exist."],
  "InvalidTaskType.Invalid": [400, "Only tasks of a full backup can be terminated."],
  "InvalidSecurityToken.Expired": [400, "Specified SecurityToken is expired."],
  InvalidTaskStatus: [400, "The task has already ended."],
  "InvalidTimeStamp.Expired": [400, "Specified time stamp or date value is expired."],
  InvalideStatus: [400, "The status of the migrate task does not support this operation."],
  MissingParameter: [400, "A mandatory parameter is missing."],
  ServiceUnavailable: [503, "The request has failed due to a temporary failure of the server."],
  SignatureDoesNotMatch: [400, "Specified signature is not matched with our calculation."],
  SignatureNonceUsed: [400, "Specified signature nonce was used already."],
  "Throttling.User": [400, "Request was denied due to user flow control."],
  UnsupportedOperation: [400, "The operation is not supported on this edition."],
} as const satisfies Record<string, readonly [number, string]>;

export type RdsErrorCode = keyof typeof ERRORS;

/** An answer of RDS, RAM or STS that is not a success. */
export class RdsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    code: RdsErrorCode,
    options: { message?: string; status?: number; as?: string; headers?: Record<string, string> } = {},
  ) {
    const [status, text] = ERRORS[code];
    super(options.message ?? text);
    this.name = "RdsError";
    // The gateway derives a few codes from a parameter's name: MissingDBName.
    this.code = options.as ?? code;
    this.status = options.status ?? status;
    this.headers = options.headers ?? {};
  }
}
