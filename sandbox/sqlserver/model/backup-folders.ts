import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** A path as Windows sees it and where it lies here, or the operating system's answer to opening it. */
export type ResolvedPath =
  | { ok: true; local: string; exists: boolean; isDirectory: boolean }
  | { ok: false; code: number; message: string };

export const OS_ERRORS = {
  fileNotFound: { ok: false, code: 2, message: "The system cannot find the file specified." },
  pathNotFound: { ok: false, code: 3, message: "The system cannot find the path specified." },
  accessDenied: { ok: false, code: 5, message: "Access is denied." },
  invalidName: {
    ok: false,
    code: 123,
    message: "The filename, directory name, or volume label syntax is incorrect.",
  },
} as const satisfies Record<string, ResolvedPath>;

/** Maps the folders of the server's drives to local ones; names compare without case, as NTFS does. */
export class BackupFolders {
  constructor(private readonly mounts: readonly { windows: string; local: string }[]) {}

  /** A relative path belongs to the default backup folder, the first mount. Nothing outside the mounts is reached. */
  resolve(path: string): ResolvedPath {
    const trimmed = path.trim().replace(/\//g, "\\");
    const [first] = this.mounts;
    const full = /^[a-z]:/i.test(trimmed) || first === undefined ? trimmed : `${first.windows}${trimmed}`;
    const mount = this.mounts.find((m) => `${full}\\`.toLowerCase().startsWith(m.windows.toLowerCase()));
    if (mount === undefined) return OS_ERRORS.pathNotFound;
    const names = full
      .slice(mount.windows.length)
      .split("\\")
      .filter((name) => name !== "");
    if (
      names.some(
        (name) =>
          name === "." ||
          name === ".." ||
          /[<>:"|?*]/.test(name) ||
          hasControlCharacter(name) ||
          name.length > 255,
      )
    ) {
      return OS_ERRORS.invalidName;
    }
    let local = mount.local;
    for (const [i, name] of names.entries()) {
      const entry = findEntry(local, name);
      if (entry === null) {
        if (i < names.length - 1) return OS_ERRORS.pathNotFound;
        return { ok: true, local: join(local, name), exists: false, isDirectory: false };
      }
      local = join(local, entry);
    }
    try {
      return { ok: true, local, exists: true, isDirectory: statSync(local).isDirectory() };
    } catch {
      return OS_ERRORS.pathNotFound;
    }
  }

  /** The local folder to make for a path whose parents may be missing; null outside the mounts. */
  localFolderFor(path: string): string | null {
    const trimmed = path.trim().replace(/\//g, "\\");
    const mount = this.mounts.find((m) => `${trimmed}\\`.toLowerCase().startsWith(m.windows.toLowerCase()));
    if (mount === undefined) return null;
    const names = trimmed
      .slice(mount.windows.length)
      .split("\\")
      .filter((name) => name !== "");
    if (names.some((name) => name === "." || name === ".." || /[<>:"|?*]/.test(name))) return null;
    return names.reduce((local, name) => join(local, findEntry(local, name) ?? name), mount.local);
  }
}

function findEntry(folder: string, name: string): string | null {
  try {
    const entries = readdirSync(folder);
    if (entries.includes(name)) return name;
    return entries.find((entry) => entry.toLowerCase() === name.toLowerCase()) ?? null;
  } catch {
    return null;
  }
}

function hasControlCharacter(name: string): boolean {
  return [...name].some((c) => c < " ");
}
