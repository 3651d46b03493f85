import { z } from "zod";
import { BACKUP_TYPES } from "@/lib/backup/backup-kind";

/** What connections hold: databases of a server, buckets of an account, objects and their headers. */
export const SourceDatabaseView = z.object({
  name: z.string(),
  state: z.string(),
  recoveryModel: z.string(),
  userAccess: z.string(),
  dataBytes: z.number().nullable(),
  logBytes: z.number().nullable(),
  encrypted: z.boolean(),
  compatibilityLevel: z.number(),
  lastLogBackupLsn: z.string().nullable(),
});
export type SourceDatabaseView = z.infer<typeof SourceDatabaseView>;
export const SourceDatabaseListView = z.object({
  serverName: z.string(),
  productVersion: z.string(),
  edition: z.string(),
  defaultBackupPath: z.string().nullable(),
  databases: z.array(SourceDatabaseView),
});

export const BucketView = z.object({ name: z.string(), regionId: z.string(), storageClass: z.string() });
export type BucketView = z.infer<typeof BucketView>;
export const BucketListView = z.object({ buckets: z.array(BucketView) });
export const BucketDetailView = BucketView.extend({
  encryption: z.string(),
  acl: z.string(),
  extranetEndpoint: z.string(),
});
export type BucketDetailView = z.infer<typeof BucketDetailView>;

export const ObjectView = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  lastModifiedAt: z.iso.datetime(),
  storageClass: z.string(),
});
export type ObjectView = z.infer<typeof ObjectView>;
export const ObjectListView = z.object({
  objects: z.array(ObjectView),
  nextContinuationToken: z.string().nullable(),
});

const digits = z.string().regex(/^\d+$/).nullable();

/** A backup set's header on the wire: LSNs are digits, times the source's wall clock. */
export const BackupSetView = z.object({
  type: z.enum(BACKUP_TYPES),
  position: z.number(),
  databaseName: z.string().nullable(),
  serverName: z.string().nullable(),
  softwareVersion: z.string().nullable(),
  databaseVersion: z.number().nullable(),
  compressed: z.boolean(),
  encrypted: z.boolean(),
  copyOnly: z.boolean().nullable(),
  tail: z.boolean().nullable(),
  recoveryModel: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  timeZoneQuarterHours: z.number().nullable(),
  firstLsn: digits,
  lastLsn: digits,
  checkpointLsn: digits,
  databaseBackupLsn: digits,
  differentialBaseLsn: digits,
  differentialBaseGuid: z.string().nullable(),
  baseBackupSetGuid: z.string().nullable(),
  backupSetGuid: z.string().nullable(),
  familyGuid: z.string().nullable(),
  firstRecoveryForkGuid: z.string().nullable(),
  lastRecoveryForkGuid: z.string().nullable(),
  family: z.object({ sequence: z.number(), count: z.number() }),
  files: z.array(z.object({ logicalName: z.string(), type: z.string(), sizeBytes: z.number() })),
});
export type BackupSetView = z.infer<typeof BackupSetView>;

/** What the header of one object says. */
export const ObjectHeaderView = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  reads: z.number(),
  bytesRead: z.number(),
  complete: z.boolean(),
  container: z.enum(["mtf", "mssqlbak"]).nullable(),
  sets: z.array(BackupSetView),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type ObjectHeaderView = z.infer<typeof ObjectHeaderView>;
