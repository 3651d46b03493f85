import type { BackupType } from "./backup-kind";
import type { Lsn } from "./lsn";

export type RecoveryModel = "full" | "bulk_logged" | "simple";

/** One file of the database, as `RESTORE FILELISTONLY` would show it. */
export interface BackupSetFile {
  logicalName: string;
  physicalName: string | null;
  type: "data" | "log" | "other";
  fileId: number;
  sizeBytes: number;
  filegroupId: number | null;
  filegroupName: string | null;
  maxSizeBytes: number | null;
  /** What of it is in this backup, in whole pages. */
  backupBytes: number | null;
  sourceBlockBytes: number | null;
  differentialBaseLsn: Lsn | null;
  differentialBaseGuid: string | null;
}

/**
 * One backup set, as `RESTORE HEADERONLY` would show it. `null` means: the file does not say (or it could not be
 * read). Times are the source server's wall clock, `yyyy-MM-ddTHH:mm:ss`; GUIDs upper case with dashes.
 */
export interface BackupSet {
  type: BackupType;
  position: number;
  backupName: string | null;
  backupDescription: string | null;
  userName: string | null;
  databaseName: string | null;
  serverName: string | null;
  machineName: string | null;
  /** `major.minor.build`, for example `15.0.2000`. */
  softwareVersion: string | null;
  /** Internal database version, for example 904 for SQL Server 2019. */
  databaseVersion: number | null;
  compatibilityLevel: number | null;
  /** The database's id on the source server. */
  databaseId: number | null;
  softwareVendorId: number | null;
  /** All flags at once, as `RESTORE HEADERONLY` shows them: the booleans below are its bits. */
  flags: number | null;
  compressed: boolean;
  encrypted: boolean;
  copyOnly: boolean | null;
  hasChecksums: boolean | null;
  damaged: boolean | null;
  /** Taken WITH NORECOVERY: the source was left RESTORING, so this is the tail of its log. */
  tail: boolean | null;
  bulkLogged: boolean | null;
  snapshot: boolean | null;
  readOnly: boolean | null;
  singleUser: boolean | null;
  incompleteMetadata: boolean | null;
  /** Whether this log backup is the first since the database was created or left the simple recovery model. */
  beginsLogChain: boolean | null;
  recoveryModel: RecoveryModel | null;
  databaseCreatedAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  expiresAt: string | null;
  /** Quarter hours east of UTC, null when the header says unknown. */
  timeZoneQuarterHours: number | null;
  firstLsn: Lsn | null;
  lastLsn: Lsn | null;
  checkpointLsn: Lsn | null;
  databaseBackupLsn: Lsn | null;
  differentialBaseLsn: Lsn | null;
  differentialBaseGuid: string | null;
  /** The full backup that was the differential base when this set was taken. */
  baseBackupSetGuid: string | null;
  backupSetGuid: string | null;
  familyGuid: string | null;
  bindingId: string | null;
  firstRecoveryForkGuid: string | null;
  lastRecoveryForkGuid: string | null;
  forkPointLsn: Lsn | null;
  mediaSetGuid: string | null;
  mediaName: string | null;
  mediaDescription: string | null;
  /** The random number of this stripe member, from which SQL Server makes the MediaFamilyId. */
  mediaFamilyId: number | null;
  mirrorCount: number | null;
  /** Physical block size of the file. */
  blockBytes: number | null;
  sortOrder: number | null;
  unicodeLocaleId: number | null;
  unicodeComparisonStyle: number | null;
  collation: string | null;
  /** Stripe member `sequence` of `count`. */
  family: { sequence: number; count: number };
  backupSizeBytes: number | null;
  compressedSizeBytes: number | null;
  files: BackupSetFile[];
}

export type UnreadableCode =
  | "empty"
  | "not_a_backup"
  | "truncated"
  | "corrupt"
  | "unsupported_container"
  | "encrypted";

/** Where header bytes come from: a local file, an OSS object. `read` may return fewer bytes only at the end. */
export interface ByteSource {
  sizeBytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** All that can be told of a file whose blocks are encrypted: its filemarks are not, so its sets can be counted. */
export interface SealedFile {
  container: "mssqlbak";
  complete: boolean;
  compressed: boolean;
  setCount: number;
}

export type BackupReading = { reads: number; bytesRead: number; sizeBytes: number } & (
  | {
      ok: true;
      container: "mtf" | "mssqlbak";
      /** False while the file is still being written or uploaded: LSNs of its last set are provisional. */
      complete: boolean;
      sets: BackupSet[];
    }
  | { ok: false; error: { code: UnreadableCode; message: string }; sealed?: SealedFile }
);
