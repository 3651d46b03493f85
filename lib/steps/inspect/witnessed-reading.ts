import type { BackupReading } from "@/lib/backup/header";
import { storedHeader } from "@/lib/backup/stored-header";
import type { FileRow } from "@/lib/store/typed-rows";

/**
 * What is known of an object: what its bytes say, and where they cannot be read here, what another witness said of this very
 * file before. One of another size, or whose tag was kept and is another now, is not that file.
 */
export function witnessedReading(
  bytes: BackupReading,
  file: Pick<FileRow, "header" | "witness" | "sizeBytes" | "etag">,
  object: { sizeBytes: number; etag: string },
): BackupReading {
  const set = storedHeader(file.header);
  if (bytes.ok || set === null || file.witness === null || file.witness.by === "bytes") return bytes;
  const isSame =
    (file.sizeBytes === null || file.sizeBytes === BigInt(object.sizeBytes)) &&
    (file.etag === null || file.etag === object.etag);
  if (!isSame) return bytes;
  const { reads, bytesRead, sizeBytes } = bytes;
  return { reads, bytesRead, sizeBytes, ok: true, container: "mssqlbak", complete: true, sets: [set] };
}
