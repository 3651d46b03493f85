import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "@/lib/diagnosis/error-code";
import type { OverlookReason } from "@/lib/migration/vocabulary/overlook-reason";

/** A regular file somewhere below a folder. */
export interface WalkedFile {
  name: string;
  /** Below the folder, with `/` on any system. */
  relativePath: string;
  path: string;
}

/** What lies in a folder and is not looked at, and why. */
export interface Overlooked {
  relativePath: string;
  why: OverlookReason;
}

/** What Windows keeps at the root of a drive: a backup that was deleted lies in the first of them, under another name. */
const OF_WINDOWS: ReadonlySet<string> = new Set(["$recycle.bin", "system volume information"]);

/** Ola Hallengren's tree has four levels, and two folders above it are often part of what is named. */
const DEEPEST = 8;

/**
 * The files of a folder and of those below it: one for each database as maintenance plans have them, a tree by server,
 * database and kind, or a flat one. Hidden ones and what Windows keeps for itself are left out; links are not followed. Throws the operating system's error
 * for the folder itself only.
 */
export async function walkFolder(folder: string, overlooked: Overlooked[]): Promise<WalkedFile[]> {
  const files: WalkedFile[] = [];
  await walk({ path: folder, relativePath: "", depth: 0 }, files, overlooked);
  return files;
}

interface Place {
  path: string;
  relativePath: string;
  depth: number;
}

async function walk(place: Place, files: WalkedFile[], overlooked: Overlooked[]): Promise<void> {
  for (const entry of await list(place, overlooked)) {
    const { name } = entry;
    if (name.startsWith(".") || OF_WINDOWS.has(name.toLowerCase())) continue;
    const relativePath = place.relativePath === "" ? name : `${place.relativePath}/${name}`;
    // What Node writes for bytes that are no UTF-8: no path leads back to such a file.
    if (name.includes("\uFFFD")) overlooked.push({ relativePath, why: "undecodable" });
    else if (entry.isSymbolicLink()) overlooked.push({ relativePath, why: "link" });
    else if (entry.isFile()) files.push({ name, relativePath, path: join(place.path, name) });
    else if (entry.isDirectory() && place.depth === DEEPEST)
      overlooked.push({ relativePath, why: "too_deep" });
    else if (entry.isDirectory())
      await walk({ path: join(place.path, name), relativePath, depth: place.depth + 1 }, files, overlooked);
  }
}

async function list(place: Place, overlooked: Overlooked[]): Promise<Dirent[]> {
  try {
    return await readdir(place.path, { withFileTypes: true });
  } catch (error) {
    if (place.depth === 0) throw error;
    const { relativePath } = place;
    if (isDenied(error)) overlooked.push({ relativePath, why: "unreadable" });
    // Gone since its parent was listed, on a share that blinks: the next look may have it.
    else if (errorCode(error) === null) throw error;
    return [];
  }
}

/** Whether this process may not read what is there. */
export function isDenied(error: unknown): boolean {
  const code = errorCode(error);
  return code === "EACCES" || code === "EPERM";
}
