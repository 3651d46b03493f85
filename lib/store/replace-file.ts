import { rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "@/lib/diagnosis/error-code";

/** What Windows answers while another program, a scanner for one, has either file open. */
const BUSY: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EBUSY"]);
const TRIES = 10;
const PAUSE_MS = 50;

/**
 * Puts `aside` in the place of `file`, at once and whole. On Windows a file that somebody has open can't be replaced: then it is tried for half a
 * second. Throws what the system said last.
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw
 */
export async function replaceFile(
  aside: string,
  file: string,
  {
    platform = process.platform,
    move = rename,
    wait = sleep,
  }: {
    platform?: NodeJS.Platform;
    move?: (from: string, to: string) => Promise<void>;
    wait?: (ms: number) => Promise<unknown>;
  } = {},
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await move(aside, file);
      return;
    } catch (error) {
      if (platform !== "win32" || tried >= TRIES || !BUSY.has(errorCode(error) ?? "")) throw error;
      await wait(PAUSE_MS);
    }
  }
}
