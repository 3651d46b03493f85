const SUFFIXES = [".bak", ".diff", ".trn", ".log"];

/**
 * The object key of a file: names that RDS refuses are mended (letters, digits, `_` and `.` are safe; the suffix must
 * be .bak, .diff, .trn or .log). The prefix is kept as given. Source: Alibaba's page on incremental migration.
 */
export function objectKeyFor(prefix: string, fileName: string): string {
  const base = fileName.replaceAll(/[^A-Za-z0-9_.]/g, "_").replace(/^\.+/, "_");
  const suffixed = SUFFIXES.some((suffix) => base.toLowerCase().endsWith(suffix)) ? base : `${base}.bak`;
  return `${prefix}${suffixed}`;
}

/** `SalesDB_LOG_20261122T140500_3.trn`: the official script's pattern, with the round so that it is unique. */
export function backupFileName(
  database: string,
  backup: "full" | "differential" | "log",
  at: string,
  round: number,
): string {
  const word = backup === "full" ? "FULL" : backup === "differential" ? "DIFF" : "LOG";
  const suffix = backup === "full" ? "bak" : backup === "differential" ? "diff" : "trn";
  const safe = database.replaceAll(/[^A-Za-z0-9]/g, "_").slice(0, 60) || "db";
  const stamp = at.replaceAll(/[-:]/g, "").replace("T", "").slice(0, 14);
  return `${safe}_${word}_${stamp}_${round}.${suffix}`;
}

/** Joins a folder as SQL Server names it (`D:\Backup\` or `/var/opt/backup/`) with a file name. */
export function joinSourcePath(folder: string, fileName: string): string {
  if (folder.endsWith("\\") || folder.endsWith("/")) return folder + fileName;
  return folder + (folder.includes("/") && !folder.includes("\\") ? "/" : "\\") + fileName;
}

/** The last part of an object key: what RDS shows as FileName. */
export function objectBaseName(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

/** Whether RDS's FileName means this object: it shows the last part of the key, or the key itself. */
export function namesObject(fileName: string, objectKey: string): boolean {
  const base = objectBaseName(objectKey);
  return fileName === base || fileName === objectKey || fileName.endsWith(`/${base}`);
}
