import type { BackupKind } from "@/lib/backup/backup-kind";

/** What a round after the full backup may be. */
export const ROUND_BACKUPS = ["log", "differential"] as const satisfies readonly BackupKind[];
export type RoundBackup = (typeof ROUND_BACKUPS)[number];
