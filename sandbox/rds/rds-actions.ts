import { createAccount, describeAccounts, grantAccountPrivilege } from "./account-calls";
import { createBackup, describeBackupPolicy, describeBackups, describeBackupTasks } from "./backup-calls";
import { createMigrateTask } from "./create-migrate-task";
import { checkDBNameAvailable, createDatabase, deleteDatabase, describeDatabases } from "./database-calls";
import {
  checkInstanceExist,
  describeAvailableClasses,
  describeDBInstanceAttribute,
  describeDBInstanceNetInfo,
  describeDBInstances,
  describeErrorLogs,
  describeRegions,
  describeResourceUsage,
} from "./instance-calls";
import {
  createOnlineDatabaseTask,
  describeMigrateTaskById,
  describeMigrateTasks,
  describeOssDownloads,
  terminateMigrateTask,
} from "./migrate-calls";
import { getCallerIdentity, getRole, listPoliciesForRole } from "./ram-calls";
import type { RdsAction } from "./rds-context";

/** Actions by API version, `x-acs-version`: RDS, RAM and STS answer on one port. */
export const RDS_ACTIONS: Record<string, Record<string, RdsAction>> = {
  "2014-08-15": {
    CheckDBNameAvailable: checkDBNameAvailable,
    CheckInstanceExist: checkInstanceExist,
    CreateAccount: createAccount,
    CreateBackup: createBackup,
    CreateDatabase: createDatabase,
    CreateMigrateTask: createMigrateTask,
    CreateOnlineDatabaseTask: createOnlineDatabaseTask,
    DeleteDatabase: deleteDatabase,
    DescribeAccounts: describeAccounts,
    DescribeAvailableClasses: describeAvailableClasses,
    DescribeBackupPolicy: describeBackupPolicy,
    DescribeBackupTasks: describeBackupTasks,
    DescribeBackups: describeBackups,
    DescribeDBInstanceAttribute: describeDBInstanceAttribute,
    DescribeDBInstanceNetInfo: describeDBInstanceNetInfo,
    DescribeDBInstances: describeDBInstances,
    DescribeDatabases: describeDatabases,
    DescribeErrorLogs: describeErrorLogs,
    DescribeMigrateTaskById: describeMigrateTaskById,
    DescribeMigrateTasks: describeMigrateTasks,
    DescribeOssDownloads: describeOssDownloads,
    DescribeRegions: describeRegions,
    DescribeResourceUsage: describeResourceUsage,
    GrantAccountPrivilege: grantAccountPrivilege,
    TerminateMigrateTask: terminateMigrateTask,
  },
  "2015-05-01": { GetRole: getRole, ListPoliciesForRole: listPoliciesForRole },
  "2015-04-01": { GetCallerIdentity: getCallerIdentity },
};
