import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import { type ChainUnit, knownGuid } from "./chain-unit";
import type { ChainTarget } from "./verdict";

/** The full backup that a database's differentials build on: its backup set GUID and its checkpoint LSN. */
export interface DifferentialBase {
  guid: string | null;
  lsn: Lsn | null;
}

/** The base that a database has after `full` is restored. A copy-only full is no base: no differential names it. */
export function baseOfFull(full: BackupSet): DifferentialBase {
  if (full.copyOnly === true) return { guid: null, lsn: null };
  return { guid: knownGuid(full.backupSetGuid), lsn: full.checkpointLsn ?? full.firstLsn };
}

export function baseOfTarget(target: ChainTarget): DifferentialBase {
  return { guid: knownGuid(target.differentialBaseGuid), lsn: target.differentialBaseLsn ?? null };
}

/** The base that a differential was taken against. */
export function baseOfDifferential(differential: BackupSet): DifferentialBase {
  const guid = knownGuid(differential.differentialBaseGuid) ?? knownGuid(differential.baseBackupSetGuid);
  return { guid, lsn: differential.differentialBaseLsn ?? differential.databaseBackupLsn };
}

/** Whether two bases are the same full. The GUID decides; LSNs only where one of them has no GUID. */
export function isSameBase(a: DifferentialBase, b: DifferentialBase): boolean {
  if (a.guid !== null && b.guid !== null) return a.guid === b.guid;
  return a.lsn !== null && a.lsn !== 0n && a.lsn === b.lsn;
}

/** Below which LSN the target must be for a log to follow: one that crosses a fork must be met up to the fork point. */
export function endToFollow({ set, last, firstFork, lastFork }: ChainUnit): Lsn {
  const { forkPointLsn } = set;
  const crosses = firstFork !== lastFork && forkPointLsn !== null;
  return crosses && forkPointLsn < last ? forkPointLsn + 1n : last;
}

/**
 * Whether a differential's recovery path goes through a target at `lsn` on `fork`: it is on that fork, or its own began
 * where the target has not been yet. What is not known fits.
 */
export function differentialFits({ set, lastFork }: ChainUnit, lsn: Lsn, fork: string | null): boolean {
  if (fork === null || lastFork === null || lastFork === fork) return true;
  return set.forkPointLsn !== null && lsn <= set.forkPointLsn;
}
