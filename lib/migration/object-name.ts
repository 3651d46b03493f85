import type { BackupKind } from "@/lib/backup/backup-kind";

/** Endings by which RDS knows a backup. Source: Alibaba's page on incremental migration. */
const SUFFIXES = [".bak", ".diff", ".trn", ".log"];

/** The suffix that says what a file is; null: not known yet, and `.bak` is right for all. */
function suffixOf(type: string | null): string {
  if (type === "differential") return ".diff";
  return type === "log" ? ".trn" : ".bak";
}

/**
 * The object key of a file: names that RDS refuses are mended (letters, digits, `_` and `.` are safe; the suffix must
 * be .bak, .diff, .trn or .log, and an unknown one gives way to that of the file's `type`). A mended name ends in a mark
 * made of the whole original, so that two files never share a key. The prefix is kept as given. Source: Alibaba's page
 * on incremental migration.
 */
export function objectKeyFor(prefix: string, fileName: string, type: string | null = null): string {
  return prefix + mendedName(fileName, type);
}

/**
 * The object key of a file that lies in a folder or below it, `relativePath` with `/`. One that lies below gets a mark made
 * of its whole path: RDS names files by the last part of their keys, and two folders may hold one name.
 */
export function objectKeyBelow(prefix: string, relativePath: string, type: string | null = null): string {
  const name = objectBaseName(relativePath);
  return objectKeyFor(prefix, name === relativePath ? name : marked(name, relativePath), type);
}

function marked(name: string, path: string): string {
  const dot = name.lastIndexOf(".");
  const at = dot > 0 ? dot : name.length;
  return `${name.slice(0, at)}_${nameMark(path)}${name.slice(at)}`;
}

/**
 * What RDS refuses in the name of a file or a folder: all that is not printable ASCII, and what the guide lists. It lists
 * `_` and `-` too, but its own examples have them; `|` and `:` are of its older editions.
 */
const REFUSED_CHARACTERS = /[^\x20-\x7e]|[!@#$%^&*()+=`|:]/;

/** Whether RDS would refuse an object under this key, or not know it for a backup: it is copied to a better one. */
export function isRefusedName(objectKey: string): boolean {
  return REFUSED_CHARACTERS.test(objectKey) || !hasKnownSuffix(objectKey);
}

/** The key of a copy that RDS takes; folders are mended like the name. */
export function mendedObjectKey(objectKey: string, type: string | null): string {
  const at = objectKey.lastIndexOf("/") + 1;
  const folders = objectKey
    .slice(0, at)
    .split("/")
    .map((folder) => folder.replaceAll(/[^A-Za-z0-9_.-]/g, "_"))
    .join("/");
  return folders + mendedName(objectKey.slice(at), type);
}

/** The name of a file that was unpacked: archives of one database all hold the same name, so both are in it. */
export function unpackedName(archiveName: string, entryName: string): string {
  const archive = archiveName.replace(/(\.zip)?(\.log)?$/i, "");
  const entry = objectBaseName(entryName.replaceAll("\\", "/"));
  return `${archive}_${entry}`;
}

function mendedName(fileName: string, type: string | null): string {
  const known = hasKnownSuffix(fileName) && !/\.zip\.log$/i.test(fileName);
  const named = known ? fileName : `${fileName.replace(/\.(lbak|zip\.log|zip)$/i, "")}${suffixOf(type)}`;
  const safe = named.replaceAll(/[^A-Za-z0-9_.]/g, "_").replace(/^\.+/, "_");
  if (safe === fileName) return safe;
  const dot = safe.lastIndexOf(".");
  return `${safe.slice(0, dot)}_${nameMark(fileName)}${safe.slice(dot)}`;
}

function hasKnownSuffix(name: string): boolean {
  return SUFFIXES.some((suffix) => name.toLowerCase().endsWith(suffix));
}

/** Six hex digits of FNV-1a over the name's UTF-16 units: the same for the same name, on any machine. */
function nameMark(name: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  return (hash & 0xffffff).toString(16).padStart(6, "0");
}

/** `SalesDB_LOG_20261122T140500_3.trn`: the official script's pattern, with the round so that it is unique. */
export function backupFileName(database: string, backup: BackupKind, at: string, round: number): string {
  const word = backup === "full" ? "FULL" : backup === "differential" ? "DIFF" : "LOG";
  const suffix = backup === "full" ? "bak" : backup === "differential" ? "diff" : "trn";
  const plain = database.replaceAll(/[^A-Za-z0-9]/g, "_").slice(0, 60) || "db";
  // Names of Chinese letters all look alike once they are mended: the mark keeps their files apart.
  const safe = plain === database ? plain : `${plain}_${nameMark(database)}`;
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
