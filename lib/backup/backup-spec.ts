import type { BackupSet } from "./header";

/**
 * What the writer needs to lay down a structurally real backup file. Fields of `BackupSet` that are not given get the
 * value a real server would write. `payloadBytes` is the size of the data (or log) stream: it holds filler, not pages.
 */
export interface BackupSetSpec
  extends Partial<Omit<BackupSet, "type" | "databaseName" | "firstLsn" | "lastLsn" | "checkpointLsn">> {
  type: BackupSet["type"];
  databaseName: string;
  firstLsn: bigint;
  lastLsn: bigint;
  checkpointLsn: bigint;
  payloadBytes: number;
}

export interface BackupFileSpec {
  sets: BackupSetSpec[];
  /** Physical block size in bytes: 512, 4096 or 65536. Default 4096. */
  blockSize?: number;
  compressed?: boolean;
}
