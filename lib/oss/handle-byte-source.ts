import type { FileHandle } from "node:fs/promises";
import type { ByteSource } from "@/lib/backup/header";

/** An open local file as the header reader sees it. Goes on after short reads; throws the operating system's errors. */
export function handleByteSource(handle: FileHandle, sizeBytes: number): ByteSource {
  return {
    sizeBytes,
    async read(offset, length) {
      const buffer = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
  };
}
