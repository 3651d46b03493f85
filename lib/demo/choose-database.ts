import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readBackup } from "@/lib/backup/read-backup";
import { openFileByteSource } from "@/lib/oss/file-byte-source";

/**
 * The one database whose backup files lie in a folder. Throws when there is none, or several and none is named: the
 * message lists them.
 */
export async function chooseDatabase(folder: string, wanted: string | null): Promise<string> {
  const counts = new Map<string, number>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = await openFileByteSource(join(folder, entry.name));
    try {
      const reading = await readBackup(source);
      const name = reading.ok ? (reading.sets[0]?.databaseName ?? null) : null;
      if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
    } finally {
      await source.close();
    }
  }
  const names = [...counts.keys()].sort();
  if (wanted !== null) {
    const found = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return found;
    throw new Error(
      `No backup file of ${wanted} in ${folder}. There are: ${names.join(", ") || "none at all"}.`,
    );
  }
  const [only, ...more] = names;
  if (only === undefined) throw new Error(`No SQL Server backup file in ${folder}.`);
  if (more.length === 0) return only;
  const list = names.map((name) => `${name} (${counts.get(name)})`).join(", ");
  throw new Error(`${folder} holds backups of several databases: ${list}. Name one with --database.`);
}
