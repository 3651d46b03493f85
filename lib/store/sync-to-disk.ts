import { fsyncSync } from "node:fs";
import { open } from "node:fs/promises";
import { errorCode } from "@/lib/diagnosis/error-code";

/**
 * What was written to a file, or which names a folder has, reaches the disk. Windows flushes a file only for who may write to it, and keeps
 * the names of a folder in its own journal. Throws what the system said.
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-flushfilebuffers
 */
export async function syncPath(
  name: string,
  kind: "file" | "folder",
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (platform === "win32" && kind === "folder") return;
  const handle = await open(name, platform === "win32" ? "r+" : "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The same of what is open already. PostgreSQL asks for folders too, which Windows refuses. */
export function syncOpened(
  descriptor: number,
  platform: NodeJS.Platform = process.platform,
  sync: (descriptor: number) => void = fsyncSync,
): void {
  try {
    sync(descriptor);
  } catch (error) {
    if (platform !== "win32" || errorCode(error) !== "EPERM") throw error;
  }
}
