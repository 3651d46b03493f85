import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "@/lib/diagnosis/error-code";

/** What a test tells otherwise. */
interface Who {
  /** Of this process; null where there are none, on Windows. */
  uid: number | null;
  /** Of what lies in the folder. */
  ownersIn(folder: string): number[];
}

const THIS_PROCESS: Who = {
  uid: process.getuid?.() ?? null,
  ownersIn: (folder) => readdirSync(folder).map((name) => lstatSync(join(folder, name)).uid),
};

/**
 * Throws Error where root is about to write beside another account's data, a service's for one: files of root's among them that account could
 * not read, and would not start any more. A folder that is not there yet, or is empty, is nobody's: that it is somebody's who lends it to root
 * (a folder of the host in a container) does not count.
 */
export function requireOwner(dataFolder: string, { uid, ownersIn }: Who = THIS_PROCESS): void {
  if (uid !== 0) return;
  let owners: number[];
  try {
    owners = ownersIn(dataFolder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const other = owners.find((owner) => owner !== 0);
  if (other === undefined) return;
  throw new Error(
    `What is in ${dataFolder} belongs to another account (uid ${other}), which could not read what root writes there. Run it by that account: ` +
      `runuser -u "$(getent passwd ${other} | cut -d: -f1)" -- env CHAINFERRY_DATA='${dataFolder}' …, as "service install" prints it.`,
  );
}
