import { parseLsn } from "@/lib/backup/lsn";
import type { BackupFileView } from "@/lib/contracts/migration";

export type ChainPlace = "path" | "held" | "unused";

export type ChainEntry =
  | { type: "file"; file: BackupFileView; place: ChainPlace; number: number | null }
  | { type: "gap"; key: string; fromLsn: string; toLsn: string };

const lsn = (text: string | null): bigint => (text === null ? 0n : parseLsn(text));

/**
 * Files in the order in which a restore needs them, with the hole before a refused file as an entry of its own.
 * Only files whose header was read have a place in the chain.
 */
export function chainOrder(files: readonly BackupFileView[], targetLsn: string | null): ChainEntry[] {
  const read = files
    .filter((file) => file.lastLsn !== null)
    .sort((a, b) => {
      if (a.type === "full" && b.type !== "full") return -1;
      if (b.type === "full" && a.type !== "full") return 1;
      const by = lsn(a.lastLsn) - lsn(b.lastLsn);
      return by === 0n ? 0 : by < 0n ? -1 : 1;
    });
  const entries: ChainEntry[] = [];
  let number = 0;
  for (const file of read) {
    const place = placeOf(file);
    const gap =
      place === "held" && file.type === "log" && targetLsn !== null && lsn(file.firstLsn) > lsn(targetLsn);
    if (gap && file.firstLsn !== null && !entries.some((entry) => entry.type === "gap")) {
      entries.push({ type: "gap", key: `gap:${targetLsn}`, fromLsn: targetLsn, toLsn: file.firstLsn });
    }
    if (place === "path") number++;
    entries.push({ type: "file", file, place, number: place === "path" ? number : null });
  }
  return entries;
}

function placeOf(file: BackupFileView): ChainPlace {
  if (file.state === "skipped") return "unused";
  return file.state === "refused" || file.state === "failed" ? "held" : "path";
}
