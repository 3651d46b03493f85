import type { BackupSet } from "./header";
import { formatLsn, type Lsn } from "./lsn";

/** By what a set is known and what it builds on, as JSON can hold it: LSNs are digits, in the order that both formats print. */
export function lineageDigits(set: BackupSet) {
  return {
    firstLsn: lsnDigits(set.firstLsn),
    lastLsn: lsnDigits(set.lastLsn),
    checkpointLsn: lsnDigits(set.checkpointLsn),
    databaseBackupLsn: lsnDigits(set.databaseBackupLsn),
    differentialBaseLsn: lsnDigits(set.differentialBaseLsn),
    differentialBaseGuid: set.differentialBaseGuid,
    baseBackupSetGuid: set.baseBackupSetGuid,
    backupSetGuid: set.backupSetGuid,
    familyGuid: set.familyGuid,
    firstRecoveryForkGuid: set.firstRecoveryForkGuid,
    lastRecoveryForkGuid: set.lastRecoveryForkGuid,
  };
}

export function lsnDigits(lsn: Lsn | null): string | null {
  return lsn === null ? null : formatLsn(lsn);
}
