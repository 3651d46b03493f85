import { statSync } from "node:fs";
import { errorCode } from "@/lib/diagnosis/error-code";

/** What a test tells otherwise. */
interface Who {
  /** Of this process; null where there are none, on Windows. */
  uid: number | null;
  ownerOf(folder: string): number;
}

const THIS_PROCESS: Who = {
  uid: process.getuid?.() ?? null,
  ownerOf: (folder) => statSync(folder).uid,
};

/**
 * Throws Error where root is about to write into another account's data folder, a service's for one: files of root's in it that account could
 * not read, and would not start any more. A folder that is not there yet is nobody's.
 */
export function requireOwner(dataFolder: string, { uid, ownerOf }: Who = THIS_PROCESS): void {
  if (uid !== 0) return;
  let owner: number;
  try {
    owner = ownerOf(dataFolder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  if (owner === 0) return;
  throw new Error(
    `${dataFolder} belongs to another account (uid ${owner}), which could not read what root writes there. Run it by that account: ` +
      `runuser -u "$(stat -c %U '${dataFolder}')" -- env CHAINFERRY_DATA='${dataFolder}' …, as "service install" prints it.`,
  );
}
