import { crc64 } from "@/lib/backup/crc64";

const CHUNK_BYTES = 4 * 1024 * 1024;

/** CRC-64 of bytes [offset, offset+length) of a file, read piece by piece: flat memory. Rejects when the file changed. */
export async function checksumSlice(
  file: Blob,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<bigint> {
  let crc = 0n;
  const end = offset + length;
  for (let at = offset; at < end; at += CHUNK_BYTES) {
    signal?.throwIfAborted();
    crc = crc64(new Uint8Array(await file.slice(at, Math.min(end, at + CHUNK_BYTES)).arrayBuffer()), crc);
  }
  return crc;
}

/** Enough to tell two files of equal name, size and time apart; a backup's head holds its time and its GUIDs. */
const ENDS_BYTES = 256 * 1024;

/** `head-tail`, each the CRC-64 of 256 KiB: with name, size and time the mark by which a file is known again. */
export async function fingerprintOf(file: Blob): Promise<string> {
  const length = Math.min(ENDS_BYTES, file.size);
  const head = await checksumSlice(file, 0, length);
  const tail = await checksumSlice(file, file.size - length, length);
  return `${head}-${tail}`;
}
