import { chmod, lstat, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

/** What people put beside the store for others to read is theirs: the sandbox's backup folder is one. */
const OURS = ["store", "secret.key", "uploads"] as const;
const OTHERS = 0o077;

/**
 * Makes the data folder where it is missing, and takes it and what holds secrets or rows in it from everybody but its owner:
 * folders 0700, files 0600. On Windows the folder's own list of rights counts. Throws Error when it belongs to somebody else who
 * has left it open.
 */
export async function protectFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.platform === "win32") return;
  await protect(folder);
  for (const name of OURS) await protectTree(join(folder, name));
}

async function protectTree(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null || found.isSymbolicLink()) return;
  await protect(path);
  if (!found.isDirectory()) return;
  for (const entry of await readdir(path)) await protectTree(join(path, entry));
}

async function protect(path: string): Promise<void> {
  const { mode } = await lstat(path);
  if ((mode & OTHERS) === 0) return;
  try {
    await chmod(path, mode & 0o700);
  } catch (error) {
    throw new Error(
      `${path} can be read by others on this machine, and belongs to another user, so that it can't be closed. ` +
        "Give it to the user that runs Chainferry (chown), or name a folder below it in CHAINFERRY_DATA.",
      { cause: error },
    );
  }
}
