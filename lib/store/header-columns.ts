import type { BackupSet } from "@/lib/backup/header";
import { formatLsn } from "@/lib/backup/lsn";
import { BY_BYTES, type FileWitness } from "@/lib/migration/file-witness";
import { fileTypeOf } from "@/lib/migration/vocabulary/file-type";
import type { Prisma } from "./generated/client";

/** Columns of BackupFile that come from its header, with whose word that is: its own bytes', unless said otherwise. */
export function headerColumns(set: BackupSet, witness: FileWitness = BY_BYTES) {
  const digits = (lsn: bigint | null) => (lsn === null ? null : formatLsn(lsn));
  return {
    type: fileTypeOf(set.type),
    tail: set.tail === true,
    databaseName: set.databaseName,
    firstLsn: digits(set.firstLsn),
    lastLsn: digits(set.lastLsn),
    checkpointLsn: digits(set.checkpointLsn),
    backupSetGuid: set.backupSetGuid,
    startedAtLocal: set.startedAt,
    finishedAtLocal: set.finishedAt,
    utcOffsetMinutes: set.timeZoneQuarterHours === null ? null : set.timeZoneQuarterHours * 15,
    header: headerJson(set),
    witness: { ...witness },
  };
}

/** Every field, LSNs as digits: `fromHeaderJson` reads it back. */
export function headerJson(set: BackupSet): Prisma.InputJsonObject {
  return JSON.parse(
    JSON.stringify(set, (_key, value) => (typeof value === "bigint" ? value.toString() : value)),
  );
}
