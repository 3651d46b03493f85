import type { BackupSetFile } from "@/lib/backup/header";
import type { Contents } from "@/sandbox/sqlserver/model/contents";

/** What the sandbox's RDS remembers. Instants are milliseconds since 1970, real time; sizes are bytes. */
export interface InstanceRecord {
  instanceId: string;
  description: string;
  status: string;
  /** `2022_std_ha` */
  engineVersion: string;
  category: "Basic" | "HighAvailability" | "AlwaysOn";
  regionId: string;
  zoneId: string;
  instanceClass: string;
  storageGb: number;
  maxDatabases: number;
  collation: string;
  timeZone: string;
  createdAtMs: number;
  /** The highest internal database version that this release opens. */
  databaseVersion: number;
  /** What it is when no scenario makes it another. */
  own?: Pick<InstanceRecord, "engineVersion" | "category" | "databaseVersion">;
}

/** A database that did not come by an import of this sandbox. */
export interface DatabaseRecord {
  instanceId: string;
  name: string;
  collation: string;
  description: string;
  sizeBytes: number;
  /** Put there by a scenario, which takes it away again. */
  isFiller?: boolean;
}

/** RestoreTarget with LSNs as digits. */
export interface StoredTarget {
  databaseName: string;
  familyGuid: string | null;
  redoLsn: string;
  forkGuid: string | null;
  fullGuid: string | null;
  fullCheckpointLsn: string | null;
}

export type FileStatus =
  | "NoStart"
  | "Downloading"
  | "DownloadFailed"
  | "Finished"
  | "CheckSuccess"
  | "CheckFailed"
  | "Restoring"
  | "Restored"
  | "RestoreFailed";

export interface ImportFile {
  bucket: string;
  key: string;
  sizeBytes: number;
  backupMode: "Database" | "Differential_Database" | "Transaction_Log";
  acceptedAtMs: number;
  /** In order; the file has the status of the last step that has come. The last one ends it. */
  steps: { status: FileStatus; atMs: number }[];
  ok: boolean;
  /** Why it failed; "" when it did not. */
  failure: string;
}

export interface Opening {
  acceptedAtMs: number;
  checkMode: "AsyncExecuteDBCheck" | "SyncExecuteDBCheck";
  onlineAtMs: number;
  checkedAtMs: number;
  /** Why the database could not be opened; "" when it could. */
  failure: string;
  /** What DBCC found; absent: nothing. */
  checkFailure?: string;
}

export interface TaskRecord {
  taskId: string;
  instanceId: string;
  databaseName: string;
  backupMode: "FULL" | "UPDF";
  createdAtMs: number;
  files: ImportFile[];
  /** After the last file accepted; null while no full backup could be restored. */
  target: StoredTarget | null;
  sizeBytes: number;
  opening: Opening | null;
  terminatedAtMs: number | null;
  droppedAtMs: number | null;
  /** What the newest file that was restored left in the database; absent: it came from elsewhere. */
  contents?: Contents;
  /** The database's files as its full backup names them. */
  dataFiles?: DataFile[];
}

/** A file of a database, without the path that differs from server to server. */
type DataFile = Pick<BackupSetFile, "logicalName" | "type" | "fileId" | "sizeBytes">;

export interface AccountRecord {
  instanceId: string;
  name: string;
  type: string;
  description: string;
  checkPolicy: boolean;
  privileges: { databaseName: string; privilege: string }[];
}

export interface BackupRecord {
  instanceId: string;
  jobId: number;
  backupId: string;
  mode: "Automated" | "Manual";
  method: string;
  strategy: string;
  databaseNames: string[];
  startedAtMs: number;
  endedAtMs: number;
  sizeBytes: number;
  /** Imported databases as they were when it began: what a download of it holds. */
  held?: HeldDatabase[];
}

export interface HeldDatabase {
  name: string;
  /** In its fork, which began where RDS opened it. */
  redoLsn: string;
  familyGuid: string | null;
  forkGuid: string;
  contents: Contents | null;
  dataFiles: DataFile[];
}

/** One accepted CreateMigrateTask: proof of what was imported, and how often. */
export interface LedgerEntry {
  instanceId: string;
  bucket: string;
  objectKey: string;
  databaseName: string;
  backupMode: string;
  taskId: string;
  acceptedAt: string;
  requestId: string;
}

export interface RdsRecords {
  nextId: number;
  instances: InstanceRecord[];
  databases: DatabaseRecord[];
  tasks: TaskRecord[];
  accounts: AccountRecord[];
  backups: BackupRecord[];
  ledger: LedgerEntry[];
  /** Client tokens of CreateOnlineDatabaseTask and what they opened. */
  openTokens: { token: string; taskId: string; requestId: string }[];
  importRolePresent: boolean;
  /** Keys whose import lost its answer, in the `answer-lost` scenario. */
  lostImportKeys: string[];
  openAnswerLost: boolean;
  /** Calls of the aftercare that lost their answer; absent: none did. */
  lostAftercareCalls?: string[];
}
