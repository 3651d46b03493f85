import { FLAG } from "./configuration-layout";
import type { Configuration } from "./decode-configuration";
import type { SetOpening } from "./decode-set";
import type { TapeHeader } from "./decode-tape";
import type { BackupSet } from "./header";

/**
 * A set as the product knows it. Without `closing` it is provisional: its LSNs are those of the opening configuration
 * (stale for a full or differential since product 15), and its end and sizes are not known.
 */
export function describeSet(
  opening: SetOpening,
  first: Configuration,
  closing: Configuration | null,
  file: { tape: TapeHeader; compressed: boolean },
): BackupSet {
  const final = closing ?? first;
  const { tape } = file;
  const flag = (name: keyof typeof FLAG): boolean => (final.flags & FLAG[name]) !== 0;
  return {
    type: final.type,
    position: opening.position,
    backupName: opening.backupName,
    backupDescription: opening.backupDescription,
    userName: opening.userName,
    databaseName: final.databaseName,
    serverName: final.serverName,
    machineName: opening.machineName,
    softwareVersion: final.softwareVersion,
    databaseVersion: final.databaseVersion,
    compatibilityLevel: final.compatibilityLevel,
    databaseId: final.databaseId,
    softwareVendorId: opening.softwareVendorId,
    flags: final.flags,
    compressed: file.compressed,
    encrypted: false,
    copyOnly: flag("copyOnly"),
    hasChecksums: flag("checksums"),
    damaged: flag("damaged"),
    tail: flag("noRecovery"),
    bulkLogged: flag("bulkLogged"),
    snapshot: flag("snapshot"),
    readOnly: flag("readOnly"),
    singleUser: flag("singleUser"),
    incompleteMetadata: flag("incompleteMetadata"),
    beginsLogChain: final.beginsLogChain,
    recoveryModel: final.recoveryModel,
    databaseCreatedAt: final.databaseCreatedAt,
    startedAt: final.startedAt,
    finishedAt: closing?.finishedAt ?? null,
    expiresAt: opening.expiresAt,
    timeZoneQuarterHours: opening.timeZoneQuarterHours,
    firstLsn: final.firstLsn,
    lastLsn: final.lastLsn,
    checkpointLsn: final.checkpointLsn,
    databaseBackupLsn: final.databaseBackupLsn,
    differentialBaseLsn: final.differentialBaseLsn,
    differentialBaseGuid: final.differentialBaseGuid,
    baseBackupSetGuid: final.baseBackupSetGuid,
    backupSetGuid: opening.backupSetGuid,
    familyGuid: final.familyGuid,
    bindingId: final.bindingId,
    firstRecoveryForkGuid: final.firstRecoveryForkGuid,
    lastRecoveryForkGuid: final.lastRecoveryForkGuid,
    forkPointLsn: final.forkPointLsn,
    mediaSetGuid: tape.mediaSetGuid,
    mediaName: tape.mediaName,
    mediaDescription: tape.mediaDescription,
    mediaFamilyId: tape.mediaFamilyId,
    mirrorCount: tape.mirrorCount,
    blockBytes: tape.blockSize,
    sortOrder: final.sortOrder,
    unicodeLocaleId: final.unicodeLocaleId,
    unicodeComparisonStyle: final.unicodeComparisonStyle,
    collation: final.collation,
    family: { ...tape.family },
    backupSizeBytes: closing?.backupSizeBytes ?? null,
    compressedSizeBytes: closing?.compressedSizeBytes ?? null,
    // The opening one may be cut where there are very many files.
    files: final.files.length >= first.files.length ? final.files : first.files,
  };
}

/** Whether the two configurations are of one backup: a file that was overwritten in part holds an older one's end. */
export function belongTogether(first: Configuration, closing: Configuration): boolean {
  return (
    first.type === closing.type &&
    first.databaseName === closing.databaseName &&
    first.startedAt === closing.startedAt
  );
}
