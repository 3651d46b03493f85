import { open, stat } from "node:fs/promises";
import type { ByteSource } from "@/lib/backup/header";
import { handleByteSource } from "@/lib/oss/handle-byte-source";

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
    return { ...handleByteSource(file, size), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}
