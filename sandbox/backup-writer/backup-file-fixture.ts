import type { ByteSource } from "@/lib/backup/header";
import { lsnOf } from "@/lib/backup/lsn";
import type { BackupFileSpec, BackupSetSpec } from "./backup-spec";
import { backupBytes, backupFileSize } from "./write-backup";

export const FULL: BackupSetSpec = {
  type: "full",
  databaseName: "Sales",
  firstLsn: lsnOf(37, 504, 37),
  lastLsn: lsnOf(37, 520, 1),
  checkpointLsn: lsnOf(37, 504, 37),
  payloadBytes: 20_000,
};

export function fileBytes(spec: BackupFileSpec): Uint8Array {
  return Uint8Array.from(Buffer.concat([...backupBytes(spec)]));
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { sizeBytes: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) };
}

/** A file of any size by the ranges that are read of it: it is written anew for each, and never held. */
export function largeSource(spec: BackupFileSpec): ByteSource {
  const sizeBytes = backupFileSize(spec);
  return {
    sizeBytes,
    async read(from, length) {
      const result = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - from)));
      let offset = 0;
      for (const bytes of backupBytes(spec)) {
        const start = Math.max(from, offset);
        const end = Math.min(from + result.length, offset + bytes.length);
        if (start < end) result.set(bytes.subarray(start - offset, end - offset), start - from);
        offset += bytes.length;
        if (offset >= from + result.length) break;
      }
      return result;
    },
  };
}
