/**
 * The source server as the product sees it. Implemented over `mssql` by `connectSourceServer`.
 * Every method throws ExternalError (system `sql_server`, providerCode = SQL Server's error number or the driver's code).
 * Times are the server's wall clock `yyyy-MM-ddTHH:mm:ss.fff`; LSNs are digit strings.
 */
export interface SourceServerConfig {
  host: string;
  port?: number | null;
  instanceName?: string | null;
  user: string;
  password: string;
  /** `on`: TLS, `off`: plain, `strict`: TDS 8. */
  encrypt: "on" | "off" | "strict";
  trustServerCertificate: boolean;
  connectTimeoutMs?: number;
}

export interface ServerIdentity {
  productVersion: string;
  productLevel: string;
  edition: string;
  engineEdition: number;
  serverName: string;
  machineName: string;
  collation: string;
  isSysadmin: boolean;
  defaultBackupPath: string | null;
  versionText: string;
  /** Minutes east of UTC. */
  utcOffsetMinutes: number;
  localTime: string;
  /** Whether the session really is encrypted, as sys.dm_exec_connections says; null when it may not be asked. */
  encrypted: boolean | null;
}

export interface SourceDatabase {
  name: string;
  state: string;
  recoveryModel: "FULL" | "BULK_LOGGED" | "SIMPLE";
  userAccess: "MULTI_USER" | "SINGLE_USER" | "RESTRICTED_USER";
  readOnly: boolean;
  compatibilityLevel: number;
  collation: string | null;
  encrypted: boolean;
  dataBytes: number | null;
  logBytes: number | null;
  internalVersion: number | null;
  /** Null: FULL without a full backup since (pseudo-simple), or not visible. */
  lastLogBackupLsn: string | null;
}

export type SourceBackupKind = "full" | "differential" | "log";

export interface SourceBackupRequest {
  database: string;
  kind: SourceBackupKind;
  /** Path as SQL Server sees it. */
  path: string;
  /** Unique: the only key that survives a dropped connection (msdb.dbo.backupset.name). At most 128 characters. */
  name: string;
  description: string;
  /** Log only: leaves the source RESTORING. */
  noRecovery?: boolean;
  copyOnly?: boolean;
  compression: boolean;
}

export interface SourceBackupRow {
  name: string | null;
  kind: SourceBackupKind | "other";
  database: string;
  startedAtLocal: string;
  finishedAtLocal: string | null;
  firstLsn: string | null;
  lastLsn: string | null;
  checkpointLsn: string | null;
  databaseBackupLsn: string | null;
  differentialBaseGuid: string | null;
  backupSetGuid: string | null;
  sizeBytes: number;
  compressedSizeBytes: number | null;
  copyOnly: boolean;
  tail: boolean;
  userName: string | null;
  path: string | null;
}

export interface RunningBackup {
  sessionId: number;
  database: string;
  command: string;
  percent: number;
  startedAtLocal: string;
}

export interface SourceSession {
  sessionId: number;
  login: string;
  host: string | null;
  program: string | null;
  status: string;
  lastRequestAtLocal: string | null;
  openTransactions: number;
}

export interface SourceServer {
  identify(): Promise<ServerIdentity>;
  listDatabases(): Promise<SourceDatabase[]>;
  findDatabase(name: string): Promise<SourceDatabase | null>;
  /** Runs a BACKUP to its end. `onPercent` from INFO 3211. Aborting the signal sends an attention: the backup is rolled back. */
  backup(
    request: SourceBackupRequest,
    options?: { onPercent?: (percent: number) => void; signal?: AbortSignal },
  ): Promise<void>;
  findBackup(query: { database: string; name: string }): Promise<SourceBackupRow | null>;
  /** Newest first. */
  listBackups(query: { database: string; limit: number }): Promise<SourceBackupRow[]>;
  listRunningBackups(database: string): Promise<RunningBackup[]>;
  readHeaders(
    path: string,
  ): Promise<
    { position: number; backupType: number; firstLsn: string; lastLsn: string; databaseName: string }[]
  >;
  verifyBackup(path: string): Promise<void>;
  listSessions(database: string): Promise<SourceSession[]>;
  /** Bytes of log since the last log backup, null where the version cannot tell. */
  logBytesSinceBackup(database: string): Promise<number | null>;
  /** Row counts of user tables, `schema.table` -> rows. */
  rowCounts(database: string): Promise<Record<string, number>>;
  /** ALTER DATABASE … SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE: only privileged logins stay. Repeatable. */
  restrictUsers(database: string): Promise<void>;
  /** ALTER DATABASE … SET MULTI_USER. Repeatable. */
  allowUsers(database: string): Promise<void>;
  /** RESTORE DATABASE … WITH RECOVERY: brings a source back after a tail backup. */
  recover(database: string): Promise<void>;
  setRecoveryFull(database: string): Promise<void>;
  /** DBCC CHECKDB; ok when no error token came. Lines are what the server printed. */
  checkDatabase(
    database: string,
    options?: { onMessage?: (text: string) => void; signal?: AbortSignal },
  ): Promise<{ ok: boolean; lines: string[] }>;
  close(): Promise<void>;
}
