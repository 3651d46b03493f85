import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import type { ChainFile } from "./verdict";

/** One backup set that could be restored: a file, one set of a file, or all members of a striped set together. */
export interface ChainUnit {
  /** As it stands in the restore order. */
  label: string;
  set: BackupSet;
  type: "full" | "differential" | "log";
  first: Lsn;
  last: Lsn;
}

/** A file with the name that problems and the order give it. */
export interface LabelledFile {
  label: string;
  file: ChainFile;
}

/** `name`, or `name#position` where the file holds several sets. */
export function labelFiles(files: readonly ChainFile[]): LabelledFile[] {
  const positions = new Map<string, number>();
  const several = new Set<string>();
  for (const { name, set } of files) {
    const known = positions.get(name);
    if (set.position > 1 || (known !== undefined && known !== set.position)) several.add(name);
    positions.set(name, set.position);
  }
  return files.map((file) => ({
    label: several.has(file.name) ? `${file.name}#${file.set.position}` : file.name,
    file,
  }));
}

/** Plain code unit order: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function compareLsn(a: Lsn, b: Lsn): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A GUID that says something: SQL Server writes zeros where there is none. */
export function knownGuid(guid: string | null | undefined): string | null {
  return guid && !(guid.startsWith("0") && /^[0-]+$/.test(guid)) ? guid : null;
}
