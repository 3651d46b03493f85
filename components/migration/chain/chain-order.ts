import { parseLsn } from "@/lib/backup/lsn";
import type { BackupFileView } from "@/lib/contracts/migration";

/** `path`: on the way to the target. `held`: refused, waits. `unused`: set aside. `unread`: its header is not known yet. */
type ChainPlace = "path" | "held" | "unused" | "unread";

export interface FileEntry {
  type: "file";
  key: string;
  file: BackupFileView;
  place: ChainPlace;
  /** Its place in the restore, from 1. */
  number: number | null;
}

export interface GapEntry {
  type: "gap";
  key: "gap";
  fromLsn: string;
  toLsn: string;
  /** The file that the gap follows, and the one that it holds up. */
  after: BackupFileView | null;
  before: BackupFileView;
}

export type ChainEntry = FileEntry | GapEntry;

interface Keyed {
  file: BackupFileView;
  last: bigint;
  full: boolean;
}

/**
 * Files in the order in which a restore needs them, with the hole before a refused file as an entry of its own; files
 * whose header was not read come last. LSNs have up to 25 digits and are compared as whole numbers, each read once.
 */
export function chainOrder(files: readonly BackupFileView[], targetLsn: string | null): ChainEntry[] {
  const read: Keyed[] = [];
  const unread: ChainEntry[] = [];
  for (const file of files) {
    if (file.lastLsn === null) {
      unread.push({ type: "file", key: file.id, file, place: "unread", number: null });
    } else read.push({ file, last: parseLsn(file.lastLsn), full: file.type === "full" });
  }
  read.sort((a, b) => {
    if (a.full !== b.full) return a.full ? -1 : 1;
    return a.last === b.last ? 0 : a.last < b.last ? -1 : 1;
  });
  const target = targetLsn === null ? null : parseLsn(targetLsn);
  const entries: ChainEntry[] = [];
  let number = 0;
  let gap = false;
  for (const { file } of read) {
    const place = placeOf(file);
    if (!gap && target !== null && targetLsn !== null && isBeyond(file, place, target)) {
      gap = true;
      const after = read.find((one) => one.last === target && placeOf(one.file) === "path")?.file ?? null;
      const toLsn = file.firstLsn ?? targetLsn;
      entries.push({ type: "gap", key: "gap", fromLsn: targetLsn, toLsn, after, before: file });
    }
    if (place === "path") number++;
    entries.push({
      type: "file",
      key: file.id,
      file,
      place,
      number: place === "path" ? number : null,
    });
  }
  return [...entries, ...unread];
}

/** Only a log leaves a hole: a full or differential that was refused is of the wrong kind or base. */
function isBeyond(file: BackupFileView, place: ChainPlace, target: bigint): boolean {
  if (place !== "held" || file.type !== "log" || file.firstLsn === null) return false;
  return parseLsn(file.firstLsn) > target;
}

function placeOf(file: BackupFileView): ChainPlace {
  if (file.state === "skipped") return "unused";
  return file.state === "refused" || file.state === "failed" ? "held" : "path";
}
