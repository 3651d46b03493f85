/** A folder as SQL Server names it and as this process does. `source` null: this process only reads it. */
export interface FolderPair {
  source: string | null;
  local: string;
}

interface FolderWishes {
  backupBy: "app" | "others";
  transport: string;
  sourceFolder: string;
  localFolder: string;
}

/** The folders that a draft would have us use; null: none. */
export function foldersOf({
  backupBy,
  transport,
  sourceFolder,
  localFolder,
}: FolderWishes): FolderPair | null {
  const isOurs = backupBy === "app";
  if (!isOurs && transport !== "shared_folder") return null;
  const source = isOurs ? sourceFolder.trim() : "";
  const local = localFolder.trim();
  return source === "" && local === "" ? null : { source: source === "" ? null : source, local };
}

/** Whether a pair is one that is allowed, or lies below it. One that steps up on its way is not. */
export function coversFolders(allowed: FolderPair, wanted: FolderPair): boolean {
  if (!liesIn(allowed.local, wanted.local)) return false;
  if (wanted.source === null) return true;
  return allowed.source !== null && liesIn(allowed.source, wanted.source);
}

function liesIn(folder: string, path: string): boolean {
  const [outer, inner] = [partsOf(folder), partsOf(path)];
  return (
    outer.length > 1 &&
    inner.length >= outer.length &&
    !inner.includes("..") &&
    outer.every((part, at) => part === inner[at])
  );
}

/**
 * `D:\Backup\` as `win d: backup`, `\\nas\sql` as `unc nas sql`, `/mnt/b` as `/ mnt b`: where Windows reads it, case does not count and both
 * slashes part; elsewhere a backslash is a letter like others.
 */
function partsOf(path: string): string[] {
  const text = path.trim();
  const isUnc = /^[\\/]{2}/.test(text);
  if (!isUnc && !/^[a-z]:/i.test(text)) return text.startsWith("/") ? ["/", ...pieces(text, /\/+/)] : [];
  return [isUnc ? "unc" : "win", ...pieces(text.toLowerCase(), /[\\/]+/)];
}

function pieces(text: string, separator: RegExp): string[] {
  return text.split(separator).filter((part) => part !== "" && part !== ".");
}
