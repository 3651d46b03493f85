import type { BigIntStats } from "node:fs";
import { constants } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { AppError } from "@/lib/diagnosis/app-error";
import { errorCode } from "@/lib/diagnosis/error-code";

/** A file that is itself and no link to another, open for reading. Close the handle. */
export interface PlainFile {
  handle: FileHandle;
  sizeBytes: number;
  mtimeMs: number;
  /**
   * Throws AppError `upload_file_swapped` when another file lies at the path by now. One that has gone, by a tool that
   * tidies up, is still the one that is open.
   */
  assertStillThere(): Promise<void>;
}

/** Absent on Windows, where the comparison after opening does the work. Without NONBLOCK a pipe would be waited for. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file once, for looking at it and for sending it, so that what is judged is what is sent. `within`: the folder
 * that it must really lie in; links among the folders above it are followed first. Throws AppError `upload_file_link` for
 * a link, a pipe or a device, `upload_file_outside`; the operating system's errors.
 */
export async function openPlainFile(path: string, within: string | null = null): Promise<PlainFile> {
  if (within !== null) await assertInside(path, within);
  const listed = await lstat(path, { bigint: true });
  if (!listed.isFile()) throw link(path);
  const handle = await open(path, FLAGS).catch((error: unknown) => {
    const code = errorCode(error);
    // What FreeBSD and NetBSD answer for a link is EMLINK and EFTYPE.
    throw code === "ELOOP" || code === "EMLINK" || code === "EFTYPE" ? link(path) : error;
  });
  try {
    const opened = await handle.stat({ bigint: true });
    if (!opened.isFile()) throw link(path);
    if (!isSame(opened, listed)) throw swapped(path);
    return {
      handle,
      sizeBytes: Number(opened.size),
      mtimeMs: (await handle.stat()).mtimeMs,
      async assertStillThere() {
        const now = await lstat(path, { bigint: true }).catch(() => null);
        if (now !== null && !isSame(now, opened)) throw swapped(path);
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

async function assertInside(path: string, within: string): Promise<void> {
  const [folder, root] = await Promise.all([realpath(dirname(path)), realpath(within)]);
  const below = root.endsWith(sep) ? root : root + sep;
  if (folder !== root && !folder.startsWith(below)) {
    throw new AppError("precondition_failed", "upload_file_outside", { path, folder: within });
  }
}

function link(path: string): AppError {
  return new AppError("precondition_failed", "upload_file_link", { path });
}

function swapped(path: string): AppError {
  return new AppError("precondition_failed", "upload_file_swapped", { path });
}
