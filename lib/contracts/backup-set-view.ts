import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import type { BackupSetView } from "./catalog";

/** A backup set as it goes over the wire and into the store: LSNs become digits. */
export function toBackupSetView(set: BackupSet): BackupSetView {
  return {
    type: set.type,
    position: set.position,
    databaseName: set.databaseName,
    serverName: set.serverName,
    softwareVersion: set.softwareVersion,
    databaseVersion: set.databaseVersion,
    compressed: set.compressed,
    encrypted: set.encrypted,
    copyOnly: set.copyOnly,
    tail: set.tail,
    recoveryModel: set.recoveryModel,
    startedAt: set.startedAt,
    finishedAt: set.finishedAt,
    timeZoneQuarterHours: set.timeZoneQuarterHours,
    firstLsn: digits(set.firstLsn),
    lastLsn: digits(set.lastLsn),
    checkpointLsn: digits(set.checkpointLsn),
    databaseBackupLsn: digits(set.databaseBackupLsn),
    differentialBaseLsn: digits(set.differentialBaseLsn),
    differentialBaseGuid: set.differentialBaseGuid,
    baseBackupSetGuid: set.baseBackupSetGuid,
    backupSetGuid: set.backupSetGuid,
    familyGuid: set.familyGuid,
    firstRecoveryForkGuid: set.firstRecoveryForkGuid,
    lastRecoveryForkGuid: set.lastRecoveryForkGuid,
    family: { sequence: set.family.sequence, count: set.family.count },
    files: set.files.map(({ logicalName, type, sizeBytes }) => ({ logicalName, type, sizeBytes })),
  };
}

function digits(lsn: Lsn | null): string | null {
  return lsn === null ? null : lsn.toString();
}
