import type { ErrorTable } from "./error-table";
import type { Message } from "./messages/message";
import { SOURCES } from "./messages/sources";
import { OSS_ERRORS } from "./oss-errors";
import { RDS_ERRORS } from "./rds-errors";

type RdsReason = keyof typeof RDS_ERRORS;
type OssReason = keyof typeof OSS_ERRORS;

const codesOf = (entry: ErrorTable[string]) => Object.values(entry).flat();
/** Codes that both services use; their texts fit both. */
const both = (rds: RdsReason, oss: OssReason) => [
  ...new Set([...codesOf(RDS_ERRORS[rds]), ...codesOf(OSS_ERRORS[oss])]),
];
const ofRds = <Reason extends RdsReason>(reason: Reason, source: string) => ({
  key: reason,
  codes: codesOf(RDS_ERRORS[reason]),
  source,
});
const ofOss = <Reason extends OssReason>(reason: Reason) => ({
  key: reason,
  codes: codesOf(OSS_ERRORS[reason]),
  source: SOURCES.ossErrors,
});

/**
 * Codes of RDS, RAM, STS and OSS that a failed call carries, too: title and remedy are the failure's (`error.<key>`,
 * `error.<key>.do`), cause and check their own.
 */
export const FAILURE_MESSAGES = [
  ofRds("rds_no_credentials", SOURCES.credentials),
  {
    ...ofRds("rds_forbidden", SOURCES.ram),
    templates: [
      "User not authorized to operate on the specified resource, or this API doesn't support RAM",
      "You are not authorized to do this action. You should be authorized by RAM",
    ],
  },
  {
    ...ofRds("rds_payment", SOURCES.createMigrateTask),
    patterns: [/(?<![\w.])(?<code>(?:Order|Price|Pay|Risk)\.[A-Z]\w*(?:\.\w+)*)/],
  },
  {
    ...ofRds("rds_instance_not_found", SOURCES.createMigrateTask),
    templates: ["Couldn't find specify RDS [{instanceId}]", "Could not find specify RDS [{instanceId}]"],
  },
  ofRds("rds_instance_not_running", SOURCES.createMigrateTask),
  ofRds("rds_instance_type", SOURCES.createMigrateTask),
  ofRds("rds_instance_locked", SOURCES.createMigrateTask),
  {
    ...ofRds("rds_engine", SOURCES.createMigrateTask),
    templates: ["RDS engine doesn't support, this is only for RDS SQL Server engine"],
  },
  ofRds("rds_import_role_missing", SOURCES.createMigrateTask),
  ofRds("rds_daily_limit", SOURCES.createMigrateTask),
  ofRds("rds_file_not_accepted", SOURCES.createMigrateTask),
  ofRds("rds_file_too_large", SOURCES.createMigrateTask),
  ofRds("rds_object_missing", SOURCES.createMigrateTask),
  ofRds("rds_object_position", SOURCES.createMigrateTask),
  ofRds("rds_storage_class", SOURCES.createMigrateTask),
  ofRds("rds_disk_too_small", SOURCES.createMigrateTask),
  ofRds("rds_database_name", SOURCES.checkDBNameAvailable),
  ofRds("rds_database_state", SOURCES.createMigrateTask),
  ofRds("rds_database_missing", SOURCES.createBackup),
  ofRds("rds_database_restoring", SOURCES.grantAccountPrivilege),
  ofRds("rds_must_be_online", SOURCES.createMigrateTask),
  ofRds("rds_task_state", SOURCES.createOnlineDatabaseTask),
  ofRds("rds_task_not_stoppable", SOURCES.terminateMigrateTask),
  ofRds("rds_task_not_stopped", SOURCES.terminateMigrateTask),
  ofRds("rds_task_not_found", SOURCES.describeMigrateTasks),
  ofRds("rds_backup_running", SOURCES.createBackup),
  ofRds("rds_backup_limit", SOURCES.createBackup),
  ofRds("rds_backup_method", SOURCES.createBackup),
  ofRds("rds_account_exists", SOURCES.createAccount),
  ofRds("rds_account_name", SOURCES.createAccount),
  ofRds("rds_account_password", SOURCES.createAccount),
  ofRds("rds_account_limit", SOURCES.createAccount),
  ofRds("rds_account_failed", SOURCES.createAccount),
  ofRds("rds_unsupported_operation", SOURCES.describeMigrateTasks),
  ofRds("rds_statement_failed", SOURCES.createDatabase),
  ofRds("rds_request_invalid", SOURCES.rdsErrors),
  {
    ...ofOss("oss_forbidden"),
    templates: ["You have no right to access this object because of bucket acl"],
  },
  ofOss("oss_payment"),
  ofOss("oss_no_such_bucket"),
  ofOss("oss_no_such_key"),
  ofOss("oss_no_such_upload"),
  ofOss("oss_wrong_endpoint"),
  { ...ofOss("oss_public_endpoint"), source: SOURCES.ossDomains },
  ofOss("oss_not_readable_yet"),
  ofOss("oss_integrity"),
] as const satisfies readonly Message[];

/** What else Alibaba Cloud says: codes that several services share, the console's symptoms, Alibaba's import script. */
export const CLOUD_MESSAGES = [
  {
    key: "ram_call_forbidden",
    source: SOURCES.ram,
  },
  {
    key: "cloud_access_key_unknown",
    codes: both("rds_access_key_unknown", "oss_access_key_unknown"),
    source: SOURCES.stsErrors,
  },
  {
    key: "cloud_signature",
    codes: both("rds_signature", "oss_signature").filter((code) => code !== "InvalidAccessKeyId"),
    source: SOURCES.stsErrors,
  },
  {
    key: "cloud_token_expired",
    codes: both("rds_token_expired", "oss_token_expired"),
    source: SOURCES.stsErrors,
  },
  {
    key: "cloud_clock_skew",
    codes: both("rds_clock_skew", "oss_clock_skew"),
    source: SOURCES.stsErrors,
  },
  { key: "cloud_proxy", codes: both("rds_proxy", "oss_proxy"), source: SOURCES.httpProxy },
  {
    key: "cloud_not_reached",
    codes: [...both("rds_host_unknown", "oss_host_unknown"), ...both("rds_not_reached", "oss_not_reached")],
    source: SOURCES.nodeErrors,
  },
  { key: "cloud_untrusted", codes: both("rds_untrusted", "oss_untrusted"), source: SOURCES.nodeTls },
  {
    key: "cloud_throttled",
    codes: both("rds_throttled", "oss_throttled"),
    templates: [
      "Request was denied due to request throttling",
      "Request was denied due to user flow control",
    ],
    source: SOURCES.rdsQuotas,
  },
  {
    key: "cloud_timeout",
    codes: both("rds_timeout", "oss_timeout"),
    source: SOURCES.rdsErrors,
  },
  {
    key: "cloud_unavailable",
    codes: both("rds_unavailable", "oss_unavailable"),
    source: SOURCES.rdsErrors,
  },
  {
    key: "bucket_of_another_account",
    templates: ["The bucket you visit is not belong to you", "The bucket you access does not belong to you"],
    source: SOURCES.instanceImport,
  },
  {
    key: "oss_endpoint_unreachable",
    patterns: [
      /(?<!\w)oss(?: (?:error|response|return))?(?: ?[:,-])? ?(?:http )?status(?: code)? ?[:=]? ?-2(?!\d)/i,
    ],
    source: SOURCES.instanceImport,
  },
  {
    key: "no_backup_in_folder",
    templates: ["There is no backup file on OSS Bucket [{bucket}] under [{folder}] folder"],
    source: SOURCES.instanceImport,
  },
  {
    key: "not_a_backup_suffix",
    patterns: [/warning ?!+ ?,? ?\[(?<file>.{1,300}?)\] ?is not (?:a )?backup file ?,? ?filtered/i],
    source: SOURCES.instanceImport,
  },
  {
    key: "openapi_error",
    patterns: [/openapi response error ?!+/i],
    weight: "frame",
    source: SOURCES.instanceImport,
  },
  {
    key: "ok_button_dimmed",
    patterns: [
      /(?<!\w)the ok button (?:is )?(?:dimmed|gr[ae]yed out|disabled|gr[ae]y)|(?<!\w)ok button (?:is )?(?:dimmed|gr[ae]yed out)|确定 ?'? ?按钮 ?(?:置灰|呈灰色|变灰|灰色|不可用)/i,
    ],
    source: SOURCES.guide,
  },
  {
    key: "role_grant_no_permission",
    patterns: [
      /no permission (?:error )?(?:when|while) granting the aliyunrdsimportrole permission/i,
      /(?:no|without) permission .{0,60}aliyunrdsimportrole/i,
      /授权.{0,30}aliyunrdsimportrole.{0,30}(?:没有|无)权限/i,
    ],
    source: SOURCES.guide,
  },
  {
    key: "bucket_list_empty",
    patterns: [
      /oss bucket' ?drop-?down list (?:remains|is) empty|oss bucket drop-?down list (?:remains|is) empty/i,
    ],
    source: SOURCES.guide,
  },
] as const satisfies readonly Message[];
