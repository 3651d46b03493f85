import { parseLsn } from "@/lib/backup/lsn";
import type { DifferentialProposal } from "@/lib/contracts/outlook";
import { type WaitingLog, weighDifferential } from "@/lib/forecast/weigh-differential";
import { isFullHanded, isOpened } from "@/lib/migration/next-round";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import type { FileState } from "@/lib/migration/vocabulary/file-state";
import type { FileType } from "@/lib/migration/vocabulary/file-type";
import { roundsAtRds } from "./measured-rounds";
import { instant } from "./plan-view";
import { timeAhead } from "./take-ahead";

interface ProposalFacts {
  waiting: readonly WaitingLog[];
  imports: { used: number; limit: number };
  nowMs: number;
  timeFactor: number;
}

/**
 * A differential that spares imports or time against the logs that wait, and when to take it. Null where there is none, where
 * somebody else's full has become the source's differential base, and once no file goes in any more.
 */
export function proposeDifferential(
  migration: MigrationSnapshot,
  { waiting, imports, nowMs, timeFactor }: ProposalFacts,
): DifferentialProposal | null {
  const { method, cutover, release, status, alarms } = migration;
  if (method === "immediate" || cutover || release || isOpened(migration)) return null;
  if (status === "cancelled" || status === "succeeded" || !isFullHanded(migration)) return null;
  if (alarms.includes("base_reset")) return null;
  const found = weighDifferential({
    nowMs,
    waiting,
    rounds: roundsAtRds(migration),
    importsLeft: Math.max(0, imports.limit - imports.used),
    timeFactor,
  });
  if (found === null) return null;
  const ahead = timeAhead(migration, "differential", { timeFactor, earlierRestores: [] });
  return { ...found, takeAt: ahead !== null && ahead.takeAtMs > nowMs ? instant(ahead.takeAtMs) : null };
}

interface PileRow {
  targetLsn: string | null;
  files: readonly {
    type: FileType | null;
    state: FileState;
    lastLsn: string | null;
    sizeBytes: bigint | null;
    localPath: string | null;
    uploadedAt: Date | null;
  }[];
}

const THERE: ReadonlySet<FileState> = new Set(["written", "uploading", "uploaded", "inspected"]);

/** Logs that are there and bring something that the target, and what RDS is at, does not have; in the order of their LSNs. */
export function waitingLogs({ targetLsn, files }: PileRow): WaitingLog[] {
  const importing = files.flatMap(({ state, lastLsn }) =>
    state === "importing" && lastLsn !== null ? [parseLsn(lastLsn)] : [],
  );
  const held = [...importing, ...(targetLsn === null ? [] : [parseLsn(targetLsn)])];
  const reached = held.reduce((most, lsn) => (lsn > most ? lsn : most), 0n);
  return files
    .flatMap(({ type, state, lastLsn, sizeBytes, localPath, uploadedAt }) => {
      if (type !== "log" || !THERE.has(state) || lastLsn === null || sizeBytes === null) return [];
      const lsn = parseLsn(lastLsn);
      const needsUpload = localPath !== null && uploadedAt === null;
      return lsn > reached ? [{ lsn, log: { bytes: Number(sizeBytes), needsUpload } }] : [];
    })
    .sort((one, other) => (one.lsn < other.lsn ? -1 : one.lsn > other.lsn ? 1 : 0))
    .map(({ log }) => log);
}
