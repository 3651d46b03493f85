import type { AnswerObserver } from "@/lib/diagnosis/answer-assumption";
import type { CloudCredentialSource } from "@/lib/diagnosis/cloud-credentials";
import type { ExternalErrorKind } from "@/lib/diagnosis/external-error";
import type { AccountPrivilege } from "@/lib/migration/vocabulary/aftercare";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import type { FileType } from "@/lib/migration/vocabulary/file-type";
import type { RdsFileStatus, RdsTaskStatus } from "@/lib/migration/vocabulary/rds-status";
import type { CallPace } from "./call-pace";

/** How a call ended: `throttled` where the account asks too often. */
export type RdsCallOutcome = "ok" | ExternalErrorKind;

/**
 * ApsaraDB RDS (and the RAM role check) as the product sees it. Implemented over `@alicloud/rds20140815` and
 * `@alicloud/ram20150501` by `connectRdsAccount`. Every method throws ExternalError (system `rds`, providerCode = Code).
 * Instants are ISO 8601 UTC. Alibaba's words (`UPDF`, `NoStart`) end here.
 */
export type RdsAccountConfig = CloudCredentialSource & {
  regionId: string;
  /** `http://127.0.0.1:1234`; null: the SDK's map of regions. */
  endpoint?: string | null;
  ramEndpoint?: string | null;
  /** PEM of authorities that are trusted besides the usual ones. */
  certificateAuthority?: string | null;
  readTimeoutMs?: number;
  /** Told every answer of the reading calls as it came, by the API's name of the call. */
  onAnswer?: AnswerObserver | undefined;
  /** Absent: calls go out at once. */
  pace?: CallPace | undefined;
  /** Told of every call when it has ended, by the API's name. */
  onCall?: ((call: string, outcome: RdsCallOutcome) => void) | undefined;
};

/** `other_trust`: the role is there and trusts somebody else, which need not be wrong; `unknown`: we may not ask. */
export type ImportRoleState = "authorized" | "missing" | "other_trust" | "unknown";

export interface RdsInstance {
  instanceId: string;
  description: string;
  status: string;
  engine: string;
  /** `2022_std_ha` */
  engineVersion: string;
  category: string;
  regionId: string;
  lockMode: string;
}

export interface RdsInstanceDetail extends RdsInstance {
  storageBytes: number;
  /** `cloud_essd`, `local_ssd`; null where RDS does not say. */
  storageType: string | null;
  maxDatabases: number | null;
  collation: string | null;
  timeZone: string | null;
  /** When RDS may work on the instance, every day: `18:00Z-22:00Z`. */
  maintainTime: string | null;
}

/** An account that connects to an instance's databases. */
export interface RdsUser {
  name: string;
  /** `Available`, `Unavailable`. */
  status: string;
  /** `Normal`, `Super`, `Sysadmin`. */
  type: string;
  privileges: { databaseName: string; privilege: string }[];
}

/** A backup that runs, or ran within the last day. */
export interface RdsBackupJob {
  jobId: string;
  /** Null until it is finished. */
  backupId: string | null;
  /** `running` for every word between NoStart and Finished. */
  state: "running" | "finished" | "failed";
  percent: number | null;
  manual: boolean;
}

/** A backup set that RDS keeps. */
export interface RdsBackupSet {
  backupId: string;
  ok: boolean;
  manual: boolean;
  /** `FullBackup`, `IncrementalBackup`. */
  type: string;
  sizeBytes: number | null;
  startedAt: string | null;
  endedAt: string | null;
  /** Where it is downloaded; none of a snapshot. Whoever has a link needs no other right, for as long as it lives. */
  links: RdsBackupLink[];
}

/** An archive with the backup file of one database, or of all (`database` null). */
export interface RdsBackupLink {
  database: string | null;
  url: string;
  intranetUrl: string | null;
}

/** What RDS keeps by itself; null: it does not say. */
export interface RdsBackupPolicy {
  days: string;
  time: string;
  retentionDays: number | null;
  /** Whether logs are backed up, which recovery to a point in time needs. */
  logs: boolean | null;
  nextAt: string | null;
}

/** When RDS takes its own backup. */
interface RdsBackupWindow {
  /** `Monday,Wednesday`, English names. */
  days: string;
  /** `18:00Z-19:00Z` */
  time: string;
}

/** Who the AccessKey belongs to. */
export interface CloudCaller {
  /** Of the main account, digits. */
  accountId: string;
  /** `Account`, `RAMUser`, `AssumedRoleUser`. */
  kind: string;
  arn: string;
}

export interface RdsUsage {
  diskUsedBytes: number;
  dataBytes: number | null;
  logBytes: number | null;
}

export interface RdsDatabase {
  name: string;
  status: string;
  collation: string | null;
}

export interface RdsTask {
  taskId: string;
  databaseName: string;
  /** `access_pending` = UPDF, `immediate` = FULL. */
  method: "access_pending" | "immediate" | "other";
  status: RdsTaskStatus;
  providerStatus: string;
  createdAt: string | null;
  endedAt: string | null;
  databaseReplaced: boolean;
  description: string;
}

export interface RdsFile {
  fileName: string;
  sizeBytes: number | null;
  type: FileType;
  status: RdsFileStatus;
  providerStatus: string;
  createdAt: string | null;
  endedAt: string | null;
  description: string;
}

export interface ImportRequest {
  instanceId: string;
  databaseName: string;
  method: "access_pending" | "immediate";
  /** Of the first file's task; only for the second file on. */
  taskId: string | null;
  /** Only looked at with `immediate`. */
  checkMode: CheckMode;
  object: { endpoint: string; bucket: string; key: string };
}

export interface RdsAccount {
  listInstances(): Promise<RdsInstance[]>;
  getInstance(instanceId: string): Promise<RdsInstanceDetail>;
  getUsage(instanceId: string): Promise<RdsUsage>;
  listDatabases(instanceId: string): Promise<RdsDatabase[]>;
  /** CheckDBNameAvailable: nothing is created. `code` and `message` of a refusal are RDS's own. */
  checkDatabaseName(query: {
    instanceId: string;
    databaseName: string;
  }): Promise<{ isFree: true } | { isFree: false; code: string; message: string }>;
  /** DescribeBackupPolicy; null when it names no time. */
  getBackupWindow(instanceId: string): Promise<RdsBackupWindow | null>;
  /** DescribeBackupPolicy, all of it that people look at. */
  getBackupPolicy(instanceId: string): Promise<RdsBackupPolicy>;
  /** DescribeAccounts: all, or the one of that name. */
  listAccounts(query: { instanceId: string; name: string | null }): Promise<RdsUser[]>;
  /**
   * CreateAccount of type Normal. Never retried: on ExternalError with mayHaveHappened, look with listAccounts. The password is
   * 8 to 32 characters of three of four classes.
   */
  createAccount(request: {
    instanceId: string;
    name: string;
    password: string;
    description: string;
  }): Promise<{ requestId: string }>;
  /** GrantAccountPrivilege: asked twice it is the same privilege. */
  grantPrivilege(request: {
    instanceId: string;
    account: string;
    databaseName: string;
    privilege: AccountPrivilege;
  }): Promise<{ requestId: string }>;
  /** CreateBackup, full and physical, of the whole instance: what RDS restores from. Never retried: look with listBackupJobs. */
  createBackup(instanceId: string): Promise<{ jobId: string; requestId: string }>;
  /** DescribeBackupTasks: jobs of the last day, or the one with this id. */
  listBackupJobs(query: { instanceId: string; jobId: string | null }): Promise<RdsBackupJob[]>;
  /** DescribeBackups that began between two instants. */
  listBackups(query: { instanceId: string; from: string; to: string }): Promise<RdsBackupSet[]>;
  /** STS GetCallerIdentity, which needs no right. */
  getCaller(): Promise<CloudCaller>;
  /** CreateMigrateTask. Never retried: on ExternalError with mayHaveHappened, look with listTasks and listFiles. */
  createImport(request: ImportRequest): Promise<{ taskId: string; requestId: string }>;
  /** CreateOnlineDatabaseTask. `clientToken` makes it safe to repeat. */
  openDatabase(request: {
    instanceId: string;
    databaseName: string;
    taskId: string;
    checkMode: CheckMode;
    clientToken: string;
  }): Promise<{ requestId: string }>;
  /** DeleteDatabase, with all that is in it. Never retried: on ExternalError with mayHaveHappened, look with listDatabases. */
  deleteDatabase(request: { instanceId: string; databaseName: string }): Promise<{ requestId: string }>;
  /** DescribeMigrateTasks: Alibaba keeps about a week. */
  listTasks(query: { instanceId: string; from: string; to: string }): Promise<RdsTask[]>;
  /** DescribeMigrateTaskById; null when RDS does not know the id. */
  findTask(query: { instanceId: string; taskId: string }): Promise<RdsTask | null>;
  /** DescribeOssDownloads. */
  listFiles(query: { instanceId: string; taskId: string }): Promise<RdsFile[]>;
  /** `authorized` needs AliyunRDSImportRole, its system policy and trust in rds.aliyuncs.com. */
  checkImportRole(): Promise<{ state: ImportRoleState; detail: string }>;
}
