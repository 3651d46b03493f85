import type { BackupKind } from "@/lib/backup/backup-kind";
import type { BackupSet } from "@/lib/backup/header";
import type { AnswerObserver } from "@/lib/diagnosis/answer-assumption";
import type { UserAccess } from "@/lib/diagnosis/user-access";
import type { FileType } from "@/lib/migration/vocabulary/file-type";
import type { BackupHistory, RecordedBackup } from "./recorded-backup";
import type { SourceFacts } from "./source-facts";

/**
 * The source server as the product sees it. Implemented over `mssql` by `connectSourceServer`.
 * Every method throws ExternalError (system `sql_server`, providerCode = SQL Server's error number or the driver's code).
 * Times are the server's wall clock `yyyy-MM-ddTHH:mm:ss.fff`; LSNs are digit strings.
 */
export interface SourceServerConfig {
  host: string;
  port?: number | null;
  instanceName?: string | null;
  /** UDP port of SQL Server Browser, which knows the ports of named instances; 1434 unless said otherwise. */
  browserPort?: number;
  /** A SQL Server login, or a Windows account as `DOMAIN\\user` (NTLM). */
  user: string;
  password: string;
  /** `on`: TLS, `strict`: TDS 8, `legacy`: TLS from 1.0 on, `optional`: TLS where the server has it, `off`: plain. */
  encrypt: "on" | "off" | "strict" | "legacy" | "optional";
  trustServerCertificate: boolean;
  /** PEM, in place of the machine's own authorities. */
  certificateAuthority?: string;
  connectTimeoutMs?: number;
  /** Told the rows of every reading statement, by its name. */
  onAnswer?: AnswerObserver | undefined;
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
  userAccess: UserAccess;
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

/** Guids and LSNs are null where the login may not see them. */
export interface ChainGuard {
  state: string;
  recoveryModel: string;
  /** Backup set of the full backup that the next differential builds on. */
  differentialBaseGuid: string | null;
  differentialBaseLsn: string | null;
  nextLogFirstLsn: string | null;
  forkGuid: string | null;
  databaseGuid: string | null;
}

export interface SourceBackupRequest {
  database: string;
  kind: BackupKind;
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
  kind: FileType;
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
  /** What a preflight asks. */
  readonly facts: SourceFacts;
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
  /** Log and differential backups that msdb knows to overlap [fromLsn, toLsn), oldest first; `toLsn` null: no upper end. */
  findBackupsInRange(query: {
    database: string;
    fromLsn: string;
    toLsn: string | null;
  }): Promise<RecordedBackup[]>;
  /** Full backups that msdb knows, newest first: of one differential base, or any when both are null. */
  findFullBackups(query: {
    database: string;
    baseGuid: string | null;
    baseLsn: string | null;
  }): Promise<RecordedBackup[]>;
  /** Where the backup chain stands, without msdb; null when there is no such database. */
  readChainGuard(database: string): Promise<ChainGuard | null>;
  /** The same of each database, by its name. */
  readChainGuards(): Promise<ReadonlyMap<string, ChainGuard>>;
  /** Names of the other servers of the database's availability group, as it knows them; empty: it is in none. */
  listReplicas(database: string): Promise<string[]>;
  /** How far back msdb remembers. */
  readBackupHistory(database: string): Promise<BackupHistory>;
  listRunningBackups(database: string): Promise<RunningBackup[]>;
  /** The sets of a backup file as this server reads them (RESTORE HEADERONLY, FILELISTONLY); `path` as it sees it. */
  readHeaders(path: string): Promise<BackupSet[]>;
  /**
   * What msdb remembers of the backup set with this GUID, of the file at this path (as the server saw it) or of one with
   * this name in any folder, when it was last written: its sets in their order. Empty: nothing.
   */
  findRecordedSets(query: { setGuid: string } | { path: string } | { file: string }): Promise<BackupSet[]>;
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
  /** ALTER DATABASE … SET SINGLE_USER WITH ROLLBACK IMMEDIATE. Repeatable. */
  allowOneUser(database: string): Promise<void>;
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
