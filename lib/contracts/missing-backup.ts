import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { BackupSetView } from "./catalog";

const digits = z.string().regex(/^\d+$/);

/** Which backup the chain waits for. */
export const WantedBackup = z.object({
  /** `log`: what covers [fromLsn, toLsn). `full`: one to begin with, or the base that other files build on. */
  kind: z.enum(["log", "full"]),
  fromLsn: digits.nullable(),
  /** Null: whatever follows on `fromLsn`. */
  toLsn: digits.nullable(),
  baseGuid: z.string().nullable(),
  baseLsn: digits.nullable(),
  /** Between these times of the source's own clock it was taken, as far as the neighbours tell. */
  afterLocal: z.string().nullable(),
  beforeLocal: z.string().nullable(),
  utcOffsetMinutes: z.number().nullable(),
  /** Name of the file that could not be used without it; null when it is simply the next. */
  blockedFile: z.string().nullable(),
});
export type WantedBackup = z.infer<typeof WantedBackup>;

const FoundDevice = z.object({
  path: z.string(),
  kind: z.enum(["disk", "tape", "virtual", "url", "discarded", "other"]),
  /** Where this process would read it, by the migration's folder mapping; null outside the mapped folder. */
  localPath: z.string().nullable(),
  /** Whether it lies there; null when nobody could look. */
  seen: z.boolean().nullable(),
});

/** A backup of the source's history that holds (a part of) what is missing. */
export const FoundBackup = z.object({
  kind: z.enum(BACKUP_KINDS),
  /**
   * `fetch`: a link of what is missing. `gone`: one that there is no file of. `bridge`: a differential that makes the links
   * before it needless.
   */
  use: z.enum(["fetch", "gone", "bridge"]),
  setName: z.string().nullable(),
  position: z.number(),
  backupSetGuid: z.string().nullable(),
  startedAtLocal: z.string(),
  finishedAtLocal: z.string().nullable(),
  firstLsn: z.string().nullable(),
  lastLsn: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  copyOnly: z.boolean(),
  snapshot: z.boolean(),
  userName: z.string().nullable(),
  machineName: z.string().nullable(),
  softwareName: z.string().nullable(),
  devices: z.array(FoundDevice),
  /** Name of a file of this migration that is this very backup. */
  knownAs: z.string().nullable(),
});
export type FoundBackup = z.infer<typeof FoundBackup>;

/** Why the source's history does not tell. `chain.unknown.<reason>` are its texts. */
export const HistoryReason = z.enum([
  "no_source",
  "unreachable",
  "forbidden",
  "failed",
  "no_history",
  "purged",
  "not_taken_here",
  "other_replica",
]);
export type HistoryReason = z.infer<typeof HistoryReason>;

/** GET /api/migrations/:id/missing-backup */
export const MissingBackupView = z.object({
  /** Null: nothing is missing. */
  wanted: WantedBackup.nullable(),
  /** `part`: some of the range is held by none of them. */
  history: z.enum(["found", "part", "unknown"]),
  reason: HistoryReason.nullable(),
  /** Source's words for `reason`, or the oldest time that its history goes back to. */
  detail: z.string().nullable(),
  backups: z.array(FoundBackup),
  /** T-SQL to look for it oneself. */
  script: z.string().nullable(),
  /** Where the source's next log backup begins: what has not been backed up yet. Null when it was not told. */
  sourceLsn: digits.nullable(),
  /** SQL Server's folder that this process can read, to say where a copy would be found. */
  sourceFolder: z.string().nullable(),
});
export type MissingBackupView = z.infer<typeof MissingBackupView>;

/** GET /api/migrations/:id/files/:fileId: every fact that the file's header gave; null while it was not read. */
export const BackupFileHeaderView = z.object({
  header: BackupSetView.nullable(),
  sourcePath: z.string().nullable(),
  etag: z.string().nullable(),
  databaseName: z.string().nullable(),
});
export type BackupFileHeaderView = z.infer<typeof BackupFileHeaderView>;
