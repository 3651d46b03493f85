import { parseLsn } from "@/lib/backup/lsn";
import type { RecordFileView } from "@/lib/contracts/record-file";
import { fileLook } from "./file-look";

export interface TaskProgress {
  restored: number;
  failed: number;
  count: number;
  /** Where the newest restored file ends, digits; null when no record of ours tells. */
  reachedLsn: string | null;
}

/** How far a task has come, from its files and the headers that we read ourselves. */
export function taskProgress(files: readonly RecordFileView[]): TaskProgress {
  let reachedLsn: string | null = null;
  let restored = 0;
  let failed = 0;
  for (const { status, header } of files) {
    const look = fileLook(status);
    if (look === "failed") failed++;
    if (look !== "succeeded") continue;
    restored++;
    const lastLsn = header?.lastLsn ?? null;
    if (lastLsn !== null && (reachedLsn === null || parseLsn(lastLsn) > parseLsn(reachedLsn))) {
      reachedLsn = lastLsn;
    }
  }
  return { restored, failed, count: files.length, reachedLsn };
}

/** The folder that the task's newest file lies in: where the next one is looked for. Empty when names have no folder. */
export function folderOfFiles(files: readonly RecordFileView[]): string {
  const name = files.at(-1)?.fileName ?? "";
  return name.slice(0, name.lastIndexOf("/") + 1);
}
