import type { FileType } from "@/lib/migration/vocabulary/file-type";
import { flagField, numberField, textField } from "./row-fields";
import type { Row } from "./run-statement";

/**
 * What a path in msdb is. `virtual` is software that takes the stream itself (VDI, VSS): the name is no file that SQL
 * Server could open again. `discarded` is the null device: nobody has those bytes.
 */
type DeviceKind = "disk" | "tape" | "virtual" | "url" | "discarded" | "other";

/** A backup set as msdb remembers it, with everything needed to go and fetch it. */
export interface RecordedBackup {
  kind: FileType;
  setName: string | null;
  /** Place within its file, from 1. */
  position: number;
  backupSetGuid: string | null;
  startedAtLocal: string;
  finishedAtLocal: string | null;
  firstLsn: string | null;
  lastLsn: string | null;
  differentialBaseGuid: string | null;
  firstForkGuid: string | null;
  lastForkGuid: string | null;
  /** Bytes on the device, compressed where it is. Software of others may make this up. */
  sizeBytes: number | null;
  copyOnly: boolean;
  snapshot: boolean;
  userName: string | null;
  machineName: string | null;
  /** The program that wrote it; SQL Server's own backups say `Microsoft SQL Server`. */
  softwareName: string | null;
  /** One a stripe, in family order; paths as the server sees them. */
  devices: { sequence: number; path: string; kind: DeviceKind }[];
}

export interface BackupHistory {
  backupCount: number;
  oldestLocal: string | null;
  oldestFirstLsn: string | null;
}

/** msdb.dbo.backupmediafamily.device_type; 100 more for a device that was made with sp_addumpdevice. */
const KIND_BY_DEVICE: Readonly<Record<number, DeviceKind>> = {
  2: "disk",
  5: "tape",
  6: "other",
  7: "virtual",
  9: "url",
};
const KIND_BY_TYPE: Readonly<Record<string, RecordedBackup["kind"]>> = {
  D: "full",
  I: "differential",
  L: "log",
};

/** Rows of find-backups-in-range.sql and find-full-backups.sql, one a stripe, as backup sets in the rows' order. */
export function toRecordedBackups(rows: readonly Row[]): RecordedBackup[] {
  const sets = new Map<string, RecordedBackup>();
  for (const row of rows) {
    const id = textField(row, "backup_set_id") ?? "";
    const known = sets.get(id) ?? toSet(row);
    sets.set(id, known);
    const path = textField(row, "physical_device_name");
    if (path === null) continue;
    known.devices.push({
      sequence: numberField(row, "family_sequence") ?? known.devices.length + 1,
      path,
      kind: kindOf(path, numberField(row, "device_type") ?? 0),
    });
  }
  return [...sets.values()];
}

/** `NUL` in any case, also as `NUL:` or `\\\\.\\NUL`, and `/dev/null` of Linux. */
const NULL_DEVICE = /^(?:(?:\\\\[.?]\\)?nul:?|\/dev\/null)$/i;

function kindOf(path: string, deviceType: number): DeviceKind {
  return NULL_DEVICE.test(path.trim()) ? "discarded" : (KIND_BY_DEVICE[deviceType % 100] ?? "other");
}

/** Whether all of its devices are something that can be gone and fetched; of one without devices nobody can say. */
export function isFetchable({ devices }: Pick<RecordedBackup, "devices">): boolean {
  return devices.every(({ kind }) => kind !== "virtual" && kind !== "discarded");
}

function toSet(row: Row): RecordedBackup {
  return {
    kind: KIND_BY_TYPE[textField(row, "backup_type")?.trim() ?? ""] ?? "other",
    setName: textField(row, "set_name"),
    position: numberField(row, "position") ?? 1,
    backupSetGuid: textField(row, "backup_set_guid"),
    startedAtLocal: textField(row, "started_local") ?? "",
    finishedAtLocal: textField(row, "finished_local"),
    firstLsn: textField(row, "first_lsn"),
    lastLsn: textField(row, "last_lsn"),
    differentialBaseGuid: textField(row, "differential_base_guid"),
    firstForkGuid: textField(row, "first_fork_guid"),
    lastForkGuid: textField(row, "last_fork_guid"),
    sizeBytes: numberField(row, "stored_size"),
    copyOnly: flagField(row, "is_copy_only"),
    snapshot: flagField(row, "is_snapshot"),
    userName: textField(row, "user_name"),
    machineName: textField(row, "machine_name"),
    softwareName: textField(row, "software_name"),
    devices: [],
  };
}

/** The row of read-backup-history.sql. */
export function toBackupHistory(row: Row | undefined): BackupHistory {
  return {
    backupCount: row ? (numberField(row, "backup_count") ?? 0) : 0,
    oldestLocal: row ? textField(row, "oldest_local") : null,
    oldestFirstLsn: row ? textField(row, "oldest_first_lsn") : null,
  };
}
