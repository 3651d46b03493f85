import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import type { BucketFiles } from "@/sandbox/oss/bucket-files";
import { Crc64 } from "@/sandbox/oss/crc64";
import type { ObjectRecord } from "@/sandbox/oss/records";

/** Somebody else uploads another file under the same key. */
export function overwrite(bucket: BucketFiles, object: ObjectRecord): void {
  const bytes = Buffer.alloc(4096, "another file\n");
  const file = bucket.nextBlobFile();
  writeFileSync(bucket.blobPath(file), bytes);
  bucket.saveObject({
    ...object,
    blobs: [{ file, sizeBytes: bytes.length }],
    sizeBytes: bytes.length,
    etag: `"${createHash("md5").update(bytes).digest("hex").toUpperCase()}"`,
    crc64: new Crc64().update(bytes).digest().toString(),
    type: "Normal",
    lastModifiedAt: new Date().toISOString(),
  });
}
