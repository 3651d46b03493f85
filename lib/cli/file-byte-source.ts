import { open, stat } from "node:fs/promises";
import type { ByteSource } from "@/lib/backup/header";

/**
 * A local file as a source of header bytes. Close it when done. Throws Node's error when it cannot be opened or read;
 * its code is EISDIR for a folder and ENOTFILE for what else is no file (which opening might wait for).
 */
export async function openFileByteSource(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const before = await stat(path);
  if (!before.isFile()) {
    const code = before.isDirectory() ? "EISDIR" : "ENOTFILE";
    throw Object.assign(new Error(`${path} is not a file`), { code });
  }
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return {
      sizeBytes: size,
      async read(offset, length) {
        const buffer = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        let filled = 0;
        while (filled < buffer.length) {
          const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
