import { closeSync, openSync, readSync } from "node:fs";
import { crc64 } from "@/lib/backup/crc64";

/** CRC-64/XZ of a file on disk, decimal: what the browser and OSS must both have found. */
export function checksumOfFile(path: string): string {
  const file = openSync(path, "r");
  const chunk = new Uint8Array(8 * 1024 * 1024);
  let crc = 0n;
  for (;;) {
    const length = readSync(file, chunk);
    if (length === 0) break;
    crc = crc64(chunk.subarray(0, length), crc);
  }
  closeSync(file);
  return crc.toString();
}
