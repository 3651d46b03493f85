import type { InstanceRecord, RdsRecords } from "./records";
import { databasesAt } from "./task-standing";

/** System databases, tempdb and what the release itself takes. */
const SYSTEM_BYTES = 12 * 1024 ** 3;
const LOG_SHARE = 0.1;

/** What DescribeResourceUsage shows, in bytes. */
export function usedSpaceAt(
  records: RdsRecords,
  instance: InstanceRecord,
  nowMs: number,
): { dataBytes: number; logBytes: number; diskBytes: number; backupBytes: number } {
  const databases = databasesAt(records, instance, nowMs).reduce(
    (sum, database) => sum + database.sizeBytes,
    0,
  );
  const diskBytes = SYSTEM_BYTES + databases;
  const logBytes = Math.round(diskBytes * LOG_SHARE);
  const backupBytes = records.backups
    .filter((backup) => backup.instanceId === instance.instanceId && backup.endedAtMs <= nowMs)
    .reduce((sum, backup) => sum + backup.sizeBytes, 0);
  return { dataBytes: diskBytes - logBytes, logBytes, diskBytes, backupBytes };
}

export function freeBytesAt(records: RdsRecords, instance: InstanceRecord, nowMs: number): number {
  return instance.storageGb * 1024 ** 3 - usedSpaceAt(records, instance, nowMs).diskBytes;
}
