/** What a call reaches: one of these names the resource it can be limited to. */
export type CloudResource = "everything" | "instances" | "instance" | "bucket" | "object" | "import_role";

export interface CloudCall {
  service: "rds" | "ram" | "sts" | "oss";
  /** As the SDK names it; `request GET cors` where ali-oss has no method of its own. */
  call: string;
  actions: readonly string[];
  resource: CloudResource;
}

const rds = (call: string, action: string, resource: CloudResource = "instance"): CloudCall => ({
  service: "rds",
  call,
  actions: [`rds:${action}`],
  resource,
});
const oss = (call: string, resource: CloudResource, ...actions: string[]): CloudCall => ({
  service: "oss",
  call,
  actions: actions.map((action) => `oss:${action}`),
  resource,
});

/**
 * Every call that the adapters make, with the RAM actions it needs. The policy to copy is made of it, and a test compares
 * it with the calls in their sources.
 * https://www.alibabacloud.com/help/en/rds/developer-reference/api-rds-2014-08-15-ram
 * https://www.alibabacloud.com/help/en/oss/user-guide/ram-policy-overview
 */
export const CLOUD_CALLS: readonly CloudCall[] = [
  rds("describeDBInstances", "DescribeDBInstances", "instances"),
  rds("describeDBInstanceAttribute", "DescribeDBInstanceAttribute"),
  rds("describeResourceUsage", "DescribeResourceUsage"),
  rds("describeDatabases", "DescribeDatabases"),
  rds("checkDBNameAvailable", "CheckDBNameAvailable"),
  rds("describeBackupPolicy", "DescribeBackupPolicy"),
  rds("describeAccounts", "DescribeAccounts"),
  rds("createAccount", "CreateAccount"),
  rds("grantAccountPrivilege", "GrantAccountPrivilege"),
  rds("createBackup", "CreateBackup"),
  rds("describeBackupTasks", "DescribeBackupTasks"),
  rds("describeBackups", "DescribeBackups"),
  rds("createMigrateTask", "CreateMigrateTask"),
  rds("createOnlineDatabaseTask", "CreateOnlineDatabaseTask"),
  rds("deleteDatabase", "DeleteDatabase"),
  rds("describeMigrateTasks", "DescribeMigrateTasks"),
  rds("describeMigrateTaskById", "DescribeMigrateTaskById"),
  rds("describeOssDownloads", "DescribeOssDownloads"),
  { service: "ram", call: "getRole", actions: ["ram:GetRole"], resource: "import_role" },
  {
    service: "ram",
    call: "listPoliciesForRole",
    actions: ["ram:ListPoliciesForRole"],
    resource: "import_role",
  },
  { service: "sts", call: "GetCallerIdentity", actions: ["sts:GetCallerIdentity"], resource: "everything" },
  oss("listBuckets", "everything", "ListBuckets"),
  oss("getBucketInfo", "bucket", "GetBucketInfo"),
  oss("putBucket", "bucket", "PutBucket"),
  oss("deleteBucket", "bucket", "DeleteBucket"),
  oss("request GET lifecycle", "bucket", "GetBucketLifecycle"),
  oss("request GET cname", "bucket", "ListCname"),
  oss("request GET cors", "bucket", "GetBucketCors"),
  oss("request PUT cors", "bucket", "PutBucketCors"),
  oss("listV2", "bucket", "ListObjects"),
  oss("listUploads", "bucket", "ListMultipartUploads"),
  oss("head", "object", "GetObject"),
  oss("get", "object", "GetObject"),
  oss("put", "object", "PutObject"),
  oss("delete", "object", "DeleteObject"),
  oss("copy", "object", "GetObject", "PutObject"),
  oss("uploadPartCopy", "object", "GetObject", "PutObject"),
  oss("initMultipartUpload", "object", "PutObject"),
  oss("uploadPart", "object", "PutObject"),
  oss("signatureUrlV4", "object", "PutObject"),
  oss("completeMultipartUpload", "object", "PutObject"),
  oss("listParts", "object", "ListParts"),
  oss("abortMultipartUpload", "object", "AbortMultipartUpload"),
];
