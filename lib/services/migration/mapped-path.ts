import { join } from "node:path";

/**
 * Where this process reads a path of the source server, by the migration's folder mapping: `D:\Backup\a\x.trn` with
 * `D:\Backup\` -> `/mnt/backup` is `/mnt/backup/a/x.trn`. Null when the path is not below the mapped folder. Windows
 * compares without case and takes both slashes.
 */
export function mappedPath(
  path: string,
  mapping: { sourceFolder: string | null; localFolder: string | null },
): string | null {
  const { sourceFolder, localFolder } = mapping;
  if (!sourceFolder?.trim() || !localFolder?.trim()) return null;
  const folder = parts(sourceFolder);
  const below = parts(path);
  if (below.length <= folder.length) return null;
  // A path of the source's history may not lead out of the folder that was agreed on.
  if (below.some((part) => part === "..")) return null;
  const inside = folder.every((part, i) => part.toLowerCase() === below[i]?.toLowerCase());
  return inside ? join(localFolder.trim(), ...below.slice(folder.length)) : null;
}

/** The root is a part: `\\server\share` and `/var` never equal `server\share` and `var`. */
function parts(path: string): string[] {
  const plain = path.trim().replaceAll("/", "\\");
  const root = /^\\{0,2}/.exec(plain)?.[0] ?? "";
  const names = plain.split("\\").filter((part) => part !== "" && part !== ".");
  return root === "" ? names : [root, ...names];
}
