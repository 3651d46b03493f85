import { BACKUP_KINDS, type BackupType, isBackupKind } from "@/lib/backup/backup-kind";

/** What a file is by its header; `other`: of some files or filegroups only, which no import takes. */
export const FILE_TYPES = [...BACKUP_KINDS, "other"] as const;
export type FileType = (typeof FILE_TYPES)[number];

export function fileTypeOf(type: BackupType): FileType {
  return isBackupKind(type) ? type : "other";
}
