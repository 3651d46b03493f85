import type { SourceInventory } from "@/lib/migration/source-inventory";

/**
 * What a preflight asks of the source, one method a question. Every method throws ExternalError like SourceServer's
 * others (300, 229, 297: a right is missing). Times are the server's wall clock unless said otherwise.
 */
export interface SourceFacts {
  /** Null: the server has no such database. Snapshots are found too. */
  database(name: string): Promise<DatabaseFacts | null>;
  /** Null: in no availability group. */
  availability(name: string): Promise<AvailabilityFacts | null>;
  /** Null: never encrypted. */
  encryption(name: string): Promise<EncryptionFacts | null>;
  /** Names as sys.dm_db_persisted_sku_features gives them. */
  editionFeatures(name: string): Promise<string[]>;
  storage(name: string): Promise<StorageFacts>;
  /** Null: never checked. */
  lastCheck(name: string): Promise<string | null>;
  /** Steps of enabled Agent jobs that back up any database. */
  backupJobs(): Promise<BackupJob[]>;
  /** Backups that were not ours, by kind and owner, newest first. */
  backupOwners(query: { database: string; days: number }): Promise<BackupOwner[]>;
  /** Null: the version cannot encrypt backups. */
  encryptedBackups(query: { database: string; days: number }): Promise<number | null>;
  /** Backups, restores and checks of the database, ours included. */
  maintenance(name: string): Promise<Maintenance[]>;
  /** Bytes free by drive letter in upper case. */
  drives(): Promise<ReadonlyMap<string, number>>;
  rights(name: string): Promise<SourceRights>;
  /** What belongs to the database and does not travel inside its backups. */
  inventory(name: string): Promise<SourceInventory>;
  logRate(name: string): Promise<{ bytesPerMinute: number | null; upSeconds: number }>;
  /** Bytes of log backups in the busiest hour; null: no log backup in those days. */
  logPeak(query: { database: string; days: number }): Promise<{ hourLocal: string; bytes: number } | null>;
  /** The server's clock, an ISO instant. */
  utcTime(): Promise<string>;
  /** Makes a folder as SQL Server's service account; fine when it exists. */
  createFolder(path: string): Promise<void>;
}

export interface DatabaseFacts {
  name: string;
  state: string;
  readOnly: boolean;
  inStandby: boolean;
  /** The database that it is a snapshot of. */
  snapshotOf: string | null;
  pageVerify: string;
  logReuseWait: string;
  changeDataCapture: boolean;
  published: boolean;
  distributor: boolean;
  mirroringRole: string | null;
  lastLogBackupLsn: string | null;
  /** Null: the login may not see the recovery status, so that a missing LSN proves nothing. */
  forkGuid: string | null;
  dataBytes: number | null;
  logBytes: number | null;
  largestFileBytes: number | null;
  filestreamFiles: number;
}

export interface AvailabilityFacts {
  group: string;
  role: string;
}

export interface EncryptionFacts {
  /** sys.dm_database_encryption_keys.encryption_state. */
  state: number;
  percent: number;
  algorithm: string;
  certificate: string | null;
  thumbprint: string | null;
}

export interface StorageFacts {
  filestreamGroups: number;
  memoryGroups: number;
  fileTables: number;
  filesNotOnline: number;
  usedBytes: number | null;
}

export interface BackupJob {
  job: string;
  step: string;
  database: string | null;
  command: string;
}

export interface BackupOwner {
  /** D full, I differential, L log, others files or partial. */
  type: string;
  copyOnly: boolean;
  snapshot: boolean;
  user: string | null;
  software: string | null;
  /** 2 disk, 7 virtual device, 9 URL. */
  deviceType: number;
  count: number;
  lastLocal: string;
  device: string | null;
}

export interface Maintenance {
  sessionId: number;
  command: string;
  percent: number;
  remainingMs: number | null;
  startedLocal: string;
  login: string;
  host: string | null;
  program: string | null;
}

/** True has it, false lacks it, null cannot be told. */
export interface SourceRights {
  login: string;
  sysadmin: boolean;
  viewServerState: boolean | null;
  viewAnyDefinition: boolean | null;
  createAnyDatabase: boolean | null;
  backupDatabase: boolean | null;
  backupLog: boolean | null;
  alterDatabase: boolean | null;
  controlDatabase: boolean | null;
  viewDatabaseState: boolean | null;
  selectBackupset: boolean | null;
  selectJobs: boolean | null;
}
