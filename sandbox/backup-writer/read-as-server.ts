import type { BackupReading, ByteSource } from "@/lib/backup/header";
import { viewOf } from "@/lib/backup/mtf-values";
import { readBackup } from "@/lib/backup/read-backup";
import { NEW_CONTAINER_VERSION } from "./write-container";

const VERSION_AT = 8;

/**
 * Reads a backup file as the servers of the sandbox do: they know the made-up container too, which differs from version 2
 * by its number alone. Throws what `source.read` throws.
 */
export async function readAsServer(source: ByteSource): Promise<BackupReading> {
  return readBackup({
    sizeBytes: source.sizeBytes,
    read: async (offset, length) => {
      const bytes = await source.read(offset, length);
      if (offset !== 0 || bytes.length < VERSION_AT + 4) return bytes;
      const known = bytes.slice();
      const view = viewOf(known);
      const isContainer = String.fromCharCode(...known.subarray(0, VERSION_AT)) === "MSSQLBAK";
      if (isContainer && view.getUint32(VERSION_AT, true) === NEW_CONTAINER_VERSION)
        view.setUint32(VERSION_AT, 2, true);
      return known;
    },
  });
}
