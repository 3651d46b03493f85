import type { BackupSet, BackupSetFile } from "@/lib/backup/header";

type PlainFile = Pick<BackupSetFile, "logicalName" | "physicalName" | "type" | "fileId" | "sizeBytes">;

/** A file of the database to be listed; what is not given gets the usual value. */
export type FileSpec = PlainFile & Partial<BackupSetFile>;

/**
 * What the writer needs to lay down a structurally real backup file. Fields of `BackupSet` that are not given get the
 * value a real server would write. `payloadBytes` is the size of the data (or log) stream: it holds filler, not pages.
 */
export interface BackupSetSpec
  extends Partial<
    Omit<BackupSet, "type" | "databaseName" | "firstLsn" | "lastLsn" | "checkpointLsn" | "files">
  > {
  type: BackupSet["type"];
  databaseName: string;
  firstLsn: bigint;
  lastLsn: bigint;
  checkpointLsn: bigint;
  payloadBytes: number;
  files?: FileSpec[];
  /** The files there were when the backup began, where others were added while it ran. */
  openingFiles?: FileSpec[];
}

export interface BackupFileSpec {
  sets: BackupSetSpec[];
  /** Physical block size in bytes: 512, 4096 or 65536. Default 4096. */
  blockSize?: number;
  compressed?: boolean;
  /** What compresses it: ZSTD is SQL Server 2025's. Default XPRESS Huffman. */
  algorithm?: "xpress" | "zstd";
  /** In a container of a version that no product of others can know: `readAsServer` reads it, nobody else. */
  newContainer?: boolean;
  /** Chunks hold noise, as they do for who has no certificate. */
  encrypted?: boolean;
}
