import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { BackupSet } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { openFileByteSource } from "@/lib/oss/file-byte-source";

/**
 * The one database whose backup files lie in a folder, by the name it had last: files of one family on one recovery fork
 * are of one database, whatever it was called. Throws when there is none, or several and none is named: the message lists
 * them.
 */
export async function chooseDatabase(folder: string, wanted: string | null): Promise<string> {
  const sets: BackupSet[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = await openFileByteSource(join(folder, entry.name));
    try {
      const reading = await readBackup(source);
      const set = reading.ok ? reading.sets[0] : undefined;
      if (set?.databaseName) sets.push(set);
    } finally {
      await source.close();
    }
  }
  const names = [...new Set(sets.flatMap(({ databaseName }) => databaseName ?? []))].sort();
  if (wanted !== null) {
    const spelled = names.filter((name) => name.toLowerCase() === wanted.toLowerCase());
    const found = spelled.find((name) => name === wanted) ?? spelled[0];
    if (found !== undefined) return found;
    throw new Error(
      `No backup file of ${wanted} in ${folder}. There are: ${names.join(", ") || "none at all"}.`,
    );
  }
  const [only, ...more] = names;
  if (only === undefined) throw new Error(`No SQL Server backup file in ${folder}.`);
  if (more.length === 0) return only;
  const identities = new Set(sets.map(identityOf));
  const newest = sets.toSorted(compareNewest).at(-1)?.databaseName;
  if (identities.size === 1 && newest) return newest;
  const counted = names.map((name) => `${name} (${sets.filter((set) => set.databaseName === name).length})`);
  throw new Error(
    `${folder} holds backups of several databases: ${counted.join(", ")}. Name one with --database.`,
  );
}

/** Family and fork prove it; without them the name is all there is. */
function identityOf({ familyGuid, lastRecoveryForkGuid, databaseName }: BackupSet): string {
  return familyGuid === null || lastRecoveryForkGuid === null
    ? `name ${databaseName}`
    : `${familyGuid} ${lastRecoveryForkGuid}`;
}

/** On one fork the LSNs tell what came first, where the clock does not. */
function compareNewest(a: BackupSet, b: BackupSet): number {
  const [one, other] = [a.finishedAt ?? "", b.finishedAt ?? ""];
  if (one !== other) return one < other ? -1 : 1;
  return (a.lastLsn ?? 0n) < (b.lastLsn ?? 0n) ? -1 : 1;
}
