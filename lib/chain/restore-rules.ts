import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import { knownGuid } from "./chain-unit";
import type { ChainTarget } from "./verdict";

/** The full backup that a database's differentials build on: its backup set GUID and its checkpoint LSN. */
export interface DifferentialBase {
  guid: string | null;
  lsn: Lsn | null;
}

/** The base that a database has after `full` is restored. A copy-only full is no base: no differential names it. */
export function baseOfFull(full: BackupSet): DifferentialBase {
  if (full.copyOnly === true) return { guid: null, lsn: null };
  return { guid: knownGuid(full.backupSetGuid), lsn: full.checkpointLsn };
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

/** The last LSN from which a log can still follow: one that crosses a fork must be met before the fork point. */
export function lastLsnToFollow(log: BackupSet, last: Lsn): Lsn {
  const { firstRecoveryForkGuid, lastRecoveryForkGuid, forkPointLsn } = log;
  const crosses = firstRecoveryForkGuid !== lastRecoveryForkGuid && forkPointLsn !== null;
  return crosses && forkPointLsn < last - 1n ? forkPointLsn : last - 1n;
}

/** Whether a differential's recovery path goes through a target at `lsn` on `fork`. Unknown forks fit. */
export function differentialFits(differential: BackupSet, lsn: Lsn, fork: string | null): boolean {
  const { firstRecoveryForkGuid: first, lastRecoveryForkGuid: last, forkPointLsn } = differential;
  if (fork === null || last === null || last === fork || first === fork) return true;
  // Its fork began where the target has not been yet.
  return forkPointLsn !== null && lsn <= forkPointLsn;
}
