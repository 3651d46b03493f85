import type { BackupSet } from "@/lib/backup/header";
import { lineageDigits } from "@/lib/backup/lineage-digits";
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
    ...lineageDigits(set),
    family: { sequence: set.family.sequence, count: set.family.count },
    files: set.files.map(({ logicalName, type, sizeBytes }) => ({ logicalName, type, sizeBytes })),
  };
}
