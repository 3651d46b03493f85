const help = (topic: string) =>
  `https://www.alibabacloud.com/help/en/rds/apsaradb-rds-for-sql-server/${topic}`;
const api = (action: string) => `https://api.alibabacloud.com/document/Rds/2014-08-15/${action}`;
const sqlErrors = (range: string) =>
  `https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors-${range}`;

/** Pages that document the messages. */
export const SOURCES = {
  fullImport: "https://help.aliyun.com/document_detail/95738.html",
  incrementalImport: "https://help.aliyun.com/document_detail/95736.html",
  fullImport2008: "https://help.aliyun.com/document_detail/95737.html",
  instanceImport: "https://help.aliyun.com/document_detail/100019.html",
  guide: help(
    "migrate-incremental-backup-data-for-sql-server-2008-r2-with-cloud-disks-and-sql-server-2012-or-later",
  ),
  createMigrateTask: api("CreateMigrateTask"),
  createOnlineDatabaseTask: api("CreateOnlineDatabaseTask"),
  describeMigrateTasks: api("DescribeMigrateTasks"),
  describeOssDownloads: api("DescribeOssDownloads"),
  terminateMigrateTask: api("TerminateMigrateTask"),
  describeDBInstances: api("DescribeDBInstances"),
  describeDBInstanceAttribute: api("DescribeDBInstanceAttribute"),
  describeDatabases: api("DescribeDatabases"),
  describeAvailableClasses: api("DescribeAvailableClasses"),
  describeRegions: api("DescribeRegions"),
  checkDBNameAvailable: api("CheckDBNameAvailable"),
  createDatabase: api("CreateDatabase"),
  createBackup: api("CreateBackup"),
  describeBackups: api("DescribeBackups"),
  createAccount: api("CreateAccount"),
  grantAccountPrivilege: api("GrantAccountPrivilege"),
  rdsErrors: "https://api.alibabacloud.com/document/Rds/2014-08-15/errorCode",
  rdsQuotas: "https://help.aliyun.com/document_detail/610372.html",
  ram: "https://www.alibabacloud.com/help/en/rds/developer-reference/api-rds-2014-08-15-ram",
  ramErrors: "https://api.alibabacloud.com/document/Ram/2015-05-01/errorCode",
  stsErrors: "https://api.alibabacloud.com/document/Sts/2015-04-01/errorCode",
  credentials:
    "https://www.alibabacloud.com/help/en/sdk/developer-reference/v2-manage-node-js-access-credentials",
  ossErrors: "https://www.alibabacloud.com/help/en/oss/support/http-status-code-4",
  ossDomains: "https://www.alibabacloud.com/help/en/oss/user-guide/manage-a-domain/",
  httpProxy: "https://www.rfc-editor.org/rfc/rfc9110#name-connect",
  nodeErrors: "https://nodejs.org/api/errors.html#common-system-errors",
  nodeTls: "https://nodejs.org/api/tls.html#x509-certificate-error-codes",
  sql0: sqlErrors("0-to-999"),
  sql1000: sqlErrors("1000-to-1999"),
  sql2000: sqlErrors("2000-to-2999"),
  sql3000: sqlErrors("3000-to-3999"),
  sql4000: sqlErrors("4000-to-4999"),
  sql5000: sqlErrors("5000-to-5999"),
  sql8000: sqlErrors("8000-to-8999"),
  sql18000: sqlErrors("18000-to-18999"),
  sql31000: sqlErrors("31000-to-41399"),
} as const;
