import { randomUUID } from "node:crypto";
import type { DatabaseState } from "./server-state";

/** A recovery fork that begins now: its log chain begins with the next full backup. */
export function newFork() {
  const fork = randomUUID().toUpperCase();
  return {
    forkGuid: fork,
    nextLogForkGuid: fork,
    forkPointLsn: null,
    logChain: null,
    differentialBase: null,
    databaseBackupLsn: null,
  } satisfies Partial<DatabaseState>;
}
