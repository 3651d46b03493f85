import { type AnswerAssumption, compareAnswer, type Difference } from "@/lib/diagnosis/answer-assumption";
import { documentedFields } from "./documented-fields";
import { RDS_WORDS } from "./rds-words";

/** https://www.alibabacloud.com/help/en/rds/developer-reference/instance-states: only Running takes an import. */
const INSTANCE_STATES = [
  "Creating",
  "Running",
  "Deleting",
  "Rebooting",
  "Restarting",
  "Stopping",
  "Stopped",
  "DBInstanceClassChanging",
  "TRANSING",
  "EngineVersionUpgrading",
  "TransingToOthers",
  "GuardDBInstanceCreating",
  "Restoring",
  "Importing",
  "ImportingFromOthers",
  "DBInstanceNetTypeChanging",
  "GuardSwitching",
  "INS_CLONING",
  "Released",
];
const LOCK_MODES = [
  "Unlock",
  "ManualLock",
  "LockByExpiration",
  "LockByRestoration",
  "LockByDiskQuota",
  "LockReadInstanceByDiskQuota",
];
const TASK = ["DBName", "BackupMode", "Status", "CreateTime"];
const TASK_WORDS = { BackupMode: RDS_WORDS.taskMethods, Status: RDS_WORDS.taskStatuses };

type Assumed = Pick<AnswerAssumption, "needs" | "words"> & { knows?: readonly string[] };

/**
 * What `rds-answers.ts`, `rds-words.ts` and the probes rely on, by the API's name of the call. What else an answer may hold is
 * what the SDK's models name.
 */
const RDS_ASSUMPTIONS: Readonly<Record<string, Assumed>> = {
  DescribeDBInstances: {
    needs: [
      "Items",
      "TotalRecordCount",
      ...below("Items.DBInstance", ["DBInstanceId", "DBInstanceStatus", "EngineVersion", "LockMode"]),
    ],
    words: worded("Items.DBInstance", {
      DBInstanceStatus: INSTANCE_STATES,
      LockMode: LOCK_MODES,
      Engine: ["SQLServer"],
    }),
  },
  DescribeDBInstanceAttribute: {
    needs: [
      "Items.DBInstanceAttribute",
      ...below("Items.DBInstanceAttribute", [
        "DBInstanceId",
        "DBInstanceStatus",
        "EngineVersion",
        "Category",
        "LockMode",
        "DBInstanceStorage",
        "DBMaxQuantity",
      ]),
    ],
    words: worded("Items.DBInstanceAttribute", { DBInstanceStatus: INSTANCE_STATES, LockMode: LOCK_MODES }),
  },
  DescribeResourceUsage: { needs: ["DiskUsed"] },
  DescribeDatabases: {
    needs: below("Databases.Database", ["DBName", "DBStatus"]),
    words: worded("Databases.Database", { DBStatus: ["Creating", "Running", "Deleting", "Cold"] }),
  },
  DescribeBackupPolicy: { needs: [] },
  DescribeAccounts: { needs: ["Accounts"] },
  DescribeBackupTasks: { needs: ["Items"] },
  DescribeBackups: { needs: ["Items"] },
  CheckDBNameAvailable: { needs: [] },
  DescribeMigrateTasks: {
    needs: ["Items", "TotalRecordCount", ...below("Items.MigrateTask", ["MigrateTaskId", ...TASK])],
    words: worded("Items.MigrateTask", TASK_WORDS),
  },
  DescribeMigrateTaskById: { needs: ["MigrateTaskId", ...TASK], words: worded("", TASK_WORDS) },
  DescribeOssDownloads: {
    needs: ["Items", ...below("Items.OssDownload", ["FileName", "BackupMode", "Status"])],
    words: worded("Items.OssDownload", {
      BackupMode: RDS_WORDS.fileTypes,
      Status: RDS_WORDS.fileStatuses,
    }),
  },
  GetRole: { needs: ["Role.AssumeRolePolicyDocument"] },
  ListPoliciesForRole: { needs: below("Policies.Policy", ["PolicyName", "PolicyType"]) },
  GetCallerIdentity: {
    needs: ["AccountId", "IdentityType", "Arn"],
    words: { IdentityType: ["Account", "RAMUser", "AssumedRoleUser"] },
    // Called without a model of the SDK's.
    knows: ["RequestId", "UserId", "RoleId", "PrincipalId"],
  },
};

/** Where an answer of RDS, RAM or STS differs from what we rely on and from what the SDK knows. */
export async function judgeRdsAnswer(call: string, body: unknown): Promise<Difference[]> {
  const assumed = Object.hasOwn(RDS_ASSUMPTIONS, call) ? RDS_ASSUMPTIONS[call] : undefined;
  if (assumed === undefined) return [{ kind: "unknown_call", at: call, found: null }];
  const knows = assumed.knows ?? (await documentedFields(call));
  // Every answer has its id, named in the SDK's models or not.
  return compareAnswer(body, { ...assumed, knows: [...(knows ?? []), "RequestId"] });
}

function below(path: string, fields: readonly string[]): string[] {
  return fields.map((field) => (path === "" ? field : `${path}.${field}`));
}

function worded(path: string, words: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(words).map(([field, known]) => [path === "" ? field : `${path}.${field}`, known]),
  );
}
