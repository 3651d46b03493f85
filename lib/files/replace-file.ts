import { renameSync } from "node:fs";
import { rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "@/lib/diagnosis/error-code";

/** What Windows answers while another program, a scanner for one, has either file open. */
const BUSY: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EBUSY"]);
const TRIES = 10;
const PAUSE_MS = 50;

/** What a test tells otherwise: the system, its rename, and how it waits for so many milliseconds. */
interface Replacing<Done> {
  platform?: NodeJS.Platform;
  move?: (from: string, to: string) => Done;
  wait?: (ms: number) => Done;
}

/**
 * Puts `aside` in the place of `file`, at once and whole. On Windows a file that somebody has open can't be replaced: then it is tried for half a
 * second. Throws what the system said last.
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw
 */
export async function replaceFile(
  aside: string,
  file: string,
  { platform = process.platform, move = rename, wait = sleep }: Replacing<Promise<unknown>> = {},
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await move(aside, file);
      return;
    } catch (error) {
      if (!isWaitedFor(error, platform, tried)) throw error;
      await wait(PAUSE_MS);
    }
  }
}

/** The same where nothing may happen between deciding and remembering: the process stands still while it waits. */
export function replaceFileSync(
  aside: string,
  file: string,
  { platform = process.platform, move = renameSync, wait = standStill }: Replacing<unknown> = {},
): void {
  for (let tried = 1; ; tried += 1) {
    try {
      move(aside, file);
      return;
    } catch (error) {
      if (!isWaitedFor(error, platform, tried)) throw error;
      wait(PAUSE_MS);
    }
  }
}

function isWaitedFor(error: unknown, platform: NodeJS.Platform, tried: number): boolean {
  return platform === "win32" && tried < TRIES && BUSY.has(errorCode(error) ?? "");
}

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
