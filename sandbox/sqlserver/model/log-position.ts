import { lsnOf } from "@/lib/backup/lsn";
import type { DatabaseProfile } from "./database-profiles";
import type { DatabaseState } from "./server-state";

const VLF_BYTES = 4 * 1024 * 1024;
const BLOCK_BYTES = 512;
/** The first block of a virtual log file begins behind its header. */
const FIRST_BLOCK = 16;

/** Whether the applications write to a database now. */
export function isWritten(database: DatabaseState): boolean {
  return database.state === "ONLINE" && database.userAccess === "MULTI_USER" && !database.readOnly;
}

/** Server seconds of load a database has had; stands still while nobody may write. */
export function loadSeconds(database: DatabaseState, nowMs: number, timeFactor: number): number {
  if (!isWritten(database)) return database.loadSeconds;
  return database.loadSeconds + (Math.max(0, nowMs - database.anchorMs) / 1000) * timeFactor;
}

/** Bytes of log written since the database began: the one counter all LSNs follow from. */
export function logPosition(
  database: DatabaseState,
  profile: DatabaseProfile,
  nowMs: number,
  timeFactor: number,
): number {
  return (
    Math.floor(loadSeconds(database, nowMs, timeFactor) * profile.logBytesPerSecond) + database.extraLogBytes
  );
}

/** The LSN at a log position. Grows with it, 16 bytes at a time. */
export function lsnAt(profile: DatabaseProfile, position: number): bigint {
  const inFile = position % VLF_BYTES;
  return lsnOf(
    profile.firstVlf + Math.floor(position / VLF_BYTES),
    FIRST_BLOCK + Math.floor(inFile / BLOCK_BYTES),
    1 + Math.floor((inFile % BLOCK_BYTES) / 16),
  );
}

/** Fixes what the load has done so far, to be called before anything that starts or stops the writes. */
export function settleLoad(database: DatabaseState, nowMs: number, timeFactor: number): void {
  database.loadSeconds = loadSeconds(database, nowMs, timeFactor);
  database.anchorMs = nowMs;
}
