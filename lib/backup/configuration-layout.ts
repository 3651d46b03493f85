import type { BackupType } from "./backup-kind";

/**
 * Where the fields of a configuration record lie, from the start of the record (its four letters). A configuration
 * stream (`MQCI`) is one SCIN, then an SFGI for each filegroup, then an SFIN for each file.
 */
export const SCIN = {
  recordLength: 0x04,
  flags: 0x08,
  dataFiles: 0x0c,
  build: 0x18,
  minor: 0x1a,
  major: 0x1b,
  firstLsn: 0x20,
  lastLsn: 0x2a,
  checkpointLsn: 0x34,
  databaseBackupLsn: 0x3e,
  databaseCreatedAt: 0x48,
  startedAt: 0x4d,
  finishedAt: 0x52,
  type: 0x57,
  sortOrder: 0x58,
  compatibilityLevel: 0x5b,
  databaseId: 0x5c,
  databaseVersion: 0x5e,
  backupSize: 0x60,
  databaseName: 0x68,
  serverName: 0x6c,
  localeId: 0x74,
  comparisonStyle: 0x78,
  bindingId: 0x7c,
  lastLsnAgain: 0x90,
  recoveryFork: 0x9c,
  forkPointLsn: 0xac,
  forkBefore: 0xb8,
  baseBackupSetGuid: 0xc8,
  collationId: 0xd8,
  familyGuid: 0xe0,
  databaseStatus: 0xf4,
  logChainStart: 0xf8,
  differentialBaseLsn: 0x104,
  differentialBaseGuid: 0x110,
  /** Product 10 and later only. */
  compressedSize: 0x158,
} as const;

/** The shortest SCIN ever written (product 9), and from where on it has the compressed size. */
export const SCIN_MIN_BYTES = 0x158;

/** Fixed part by product major version; texts follow. */
export function scinBytes(major: number): number {
  if (major < 10) return SCIN_MIN_BYTES;
  return major < 11 ? 0x16c : 0x190;
}

export const SFGI = { recordLength: 0x04, kind: 0x08, filegroupId: 0x0c, name: 0x10 } as const;

export const SFGI_MIN_BYTES = 0x14;

export const SFIN = {
  recordLength: 0x04,
  kind: 0x08,
  pageBytes: 0x10,
  fileId: 0x14,
  pagesInBackup: 0x18,
  type: 0x1c,
  sourceBlockBytes: 0x20,
  filegroupId: 0x24,
  size: 0x28,
  logicalName: 0x30,
  physicalName: 0x34,
  maxSize: 0x56,
  differentialBaseLsn: 0x9e,
  differentialBaseGuid: 0xaa,
} as const;

/** From the four letters to the end of the two names' references. */
export const SFIN_MIN_BYTES = 0x38;

/** Bits of the SCIN flags, which `RESTORE HEADERONLY` shows as Flags. */
export const FLAG = {
  bulkLogged: 0x1,
  snapshot: 0x2,
  readOnly: 0x4,
  singleUser: 0x8,
  checksums: 0x10,
  damaged: 0x20,
  tailLog: 0x40,
  incompleteMetadata: 0x80,
  noRecovery: 0x100,
  always: 0x200,
  copyOnly: 0x400,
  differential: 0x800,
} as const;

/** Bits of the database status word. Neither bit: full recovery model. */
export const STATUS = { bulkLogged: 0x4, simple: 0x8, pageChecksums: 0x10000 } as const;

/** The type letter of a backup set, as in msdb.dbo.backupset.type. */
export const TYPE_LETTER: Record<BackupType, string> = {
  full: "D",
  differential: "I",
  log: "L",
  file: "F",
  file_differential: "G",
  partial: "P",
  partial_differential: "Q",
};
