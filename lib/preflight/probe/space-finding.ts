import { isExternalError } from "@/lib/diagnosis/external-error";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { Finding } from "./probe";

/** Below this much to spare an import still fits, but a few more log backups may not. */
const COMFORT = 1.2;

interface Need {
  bytes: number;
  from: "source" | "backup" | "backup_size";
}

/**
 * Restored files take the size they had at the source, however small the backup is. What others that are under way still take is a warning:
 * they may be cancelled, or the disk enlarged, before it is their turn.
 */
export async function spaceFinding(world: ProbeWorld): Promise<Finding> {
  const [instance, usage, need, beside] = await Promise.all([
    world.instance(),
    world.usage(),
    neededSpace(world),
    world.beside(),
  ]);
  const freeBytes = Math.max(0, instance.storageBytes - usage.diskUsedBytes);
  const free = `${freeBytes} bytes free of ${instance.storageBytes}`;
  // Told only where it makes the difference.
  const isTaken = need !== null && freeBytes > need.bytes && freeBytes - beside.bytes <= need.bytes;
  const params = {
    ...{ freeBytes, neededBytes: need?.bytes ?? 0, from: need?.from ?? "none" },
    ...{ beside: isTaken ? beside.count : 0, besideBytes: isTaken ? beside.bytes : 0 },
  };
  if (need === null) return { verdict: "unknown", params, answer: free };
  const answer = `${free}, ${need.bytes} needed by ${WORDS[need.from]}, ${beside.bytes} by ${beside.count} other migrations`;
  // A backup's own size is a lower bound: the files it holds may be much larger.
  if (freeBytes <= need.bytes) return { verdict: "block", params, answer };
  if (need.from === "backup_size") return { verdict: "unknown", params, answer };
  if (isTaken) return { verdict: "warn", params, answer, gist: "beside" };
  // A warning that was accepted stays so while the disk fills a little more.
  const gist = need.from;
  return { verdict: freeBytes > need.bytes * COMFORT ? "pass" : "warn", params, answer, gist };
}

const WORDS: Record<Need["from"], string> = {
  source: "the files at the source",
  backup: "the file list of the full backup",
  backup_size: "the full backup itself",
};

/** From the source while it answers, otherwise from the full backup that was chosen. */
async function neededSpace(world: ProbeWorld): Promise<Need | null> {
  const { draft } = world;
  if (draft.sourceConnectionId !== null && draft.sourceDatabase !== null) {
    const database = await world.database().catch((error: unknown) => {
      if (!isExternalError(error) || draft.firstObjectKey === null) throw error;
      return null;
    });
    if (database && database.dataBytes !== null) {
      return { bytes: database.dataBytes + (database.logBytes ?? 0), from: "source" };
    }
  }
  const reading = await world.firstObject();
  const full = reading?.ok === true ? reading.sets.find((set) => set.type === "full") : undefined;
  if (!full) return null;
  const files = full.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (files > 0) return { bytes: files, from: "backup" };
  return full.backupSizeBytes === null ? null : { bytes: full.backupSizeBytes, from: "backup_size" };
}
