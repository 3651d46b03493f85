import type { DatabaseTraits, ServerTraits } from "./traits";

/** Everything about the server that must survive a restart. LSNs are strings of digits, times milliseconds UTC. */
export interface ServerState {
  format: 1;
  nextBackupSetId: number;
  nextMediaSetId: number;
  databases: DatabaseState[];
  backups: BackupRecord[];
  /** Databases for which a scenario's foreign backup has been taken: `SalesDB`, for a full one `full/SalesDB`. */
  foreignBackupsTaken: string[];
  traits?: ServerTraits;
}

export type RecoveryModelName = "FULL" | "BULK_LOGGED" | "SIMPLE";
export type UserAccess = "MULTI_USER" | "SINGLE_USER" | "RESTRICTED_USER";

export interface DatabaseState {
  name: string;
  /** The database whose profile it has; absent: its own. */
  like?: string;
  id: number;
  createdMs: number;
  state: "ONLINE" | "RESTORING" | "OFFLINE";
  recoveryModel: RecoveryModelName;
  userAccess: UserAccess;
  readOnly: boolean;
  /** Under TDE; absent: no. */
  isEncrypted?: boolean;
  /** Change Data Capture is on; absent: it is not. */
  isCaptured?: boolean;
  /** Server seconds of write load until `anchorMs`. */
  loadSeconds: number;
  anchorMs: number;
  /** Log that backups and checkpoints wrote, besides the load's. */
  extraLogBytes: number;
  databaseGuid: string;
  familyGuid: string;
  forkGuid: string;
  /** The fork the next log backup begins on; it differs from `forkGuid` right after a recovery. */
  nextLogForkGuid: string;
  forkPointLsn: string | null;
  /** Where `forkGuid` began, in every backup's bytes from then on; absent: it is the first. */
  forkBeganLsn?: string;
  /** Where the next log backup begins; null: none can be taken (SIMPLE, or FULL without a full backup). */
  logChain: { firstLsn: string; position: number; begins: boolean } | null;
  differentialBase: { lsn: string; guid: string; timeMs: number; position: number } | null;
  /** Checkpoint LSN of the last full backup that was not COPY_ONLY. */
  databaseBackupLsn: string | null;
  checkpointLsn: string;
  lastLogBackupMs: number | null;
  lastGoodCheckMs: number | null;
  traits?: DatabaseTraits;
}

/** One row of msdb.dbo.backupset with its media set and family. */
export interface BackupRecord {
  backupSetId: number;
  mediaSetId: number;
  guid: string;
  mediaGuid: string;
  position: number;
  database: string;
  type: "D" | "I" | "L";
  name: string | null;
  description: string | null;
  userName: string;
  device: string;
  softwareName: string;
  startedMs: number;
  finishedMs: number;
  firstLsn: string;
  lastLsn: string;
  checkpointLsn: string;
  databaseBackupLsn: string;
  differentialBaseLsn: string | null;
  differentialBaseGuid: string | null;
  firstForkGuid: string;
  lastForkGuid: string;
  forkPointLsn: string | null;
  forkBeganLsn?: string;
  databaseGuid: string;
  familyGuid: string;
  databaseCreatedMs: number;
  recoveryModel: RecoveryModelName;
  copyOnly: boolean;
  beginsLogChain: boolean;
  tail: boolean;
  checksums: boolean;
  compressed: boolean;
  singleUser: boolean;
  readOnly: boolean;
  sizeBytes: number;
  compressedBytes: number;
  /** 2 disk, 7 virtual device; absent: disk. */
  deviceType?: number;
  isSnapshot?: boolean;
  isEncrypted?: boolean;
}
