import { SERVER } from "../model/server-identity";
import { compressesBackups } from "../model/server-release";
import type { BackupRecord } from "../model/server-state";
import { type View, view } from "./define-view";
import { wallSecond } from "./wall-time";

/** 480 minutes in quarter hours. */
const TIME_ZONE = 32;

const numberOf = (lsn: string | null): bigint | null => (lsn === null ? null : BigInt(lsn));

const backupset = view(
  `backup_set_id int, backup_set_uuid uniqueidentifier, media_set_id int, first_family_number tinyint, first_media_number smallint,
   last_family_number tinyint, last_media_number smallint, catalog_family_number tinyint, catalog_media_number smallint,
   position int, expiration_date datetime, software_vendor_id int, name nvarchar(128), description nvarchar(255),
   user_name nvarchar(128), software_major_version tinyint, software_minor_version tinyint, software_build_version smallint,
   time_zone smallint, mtf_minor_version tinyint, first_lsn numeric(25,0), last_lsn numeric(25,0), checkpoint_lsn numeric(25,0),
   database_backup_lsn numeric(25,0), database_creation_date datetime, backup_start_date datetime, backup_finish_date datetime,
   type char(1), sort_order smallint, code_page smallint, compatibility_level tinyint, database_version int,
   backup_size numeric(20,0), database_name nvarchar(128), server_name nvarchar(128), machine_name nvarchar(128), flags int,
   unicode_locale int, unicode_compare_style int, collation_name nvarchar(128), is_password_protected bit,
   recovery_model nvarchar(60), has_bulk_logged_data bit, is_snapshot bit, is_readonly bit, is_single_user bit,
   has_backup_checksums bit, is_damaged bit, begins_log_chain bit, has_incomplete_metadata bit, is_force_offline bit,
   is_copy_only bit, first_recovery_fork_guid uniqueidentifier, last_recovery_fork_guid uniqueidentifier,
   fork_point_lsn numeric(25,0), database_guid uniqueidentifier, family_guid uniqueidentifier,
   differential_base_lsn numeric(25,0), differential_base_guid uniqueidentifier, compressed_backup_size numeric(20,0),
   key_algorithm nvarchar(32), encryptor_thumbprint varbinary(20), encryptor_type nvarchar(32)`,
  ({ model }) =>
    model.state.backups.map((b) => ({
      backup_set_id: b.backupSetId,
      backup_set_uuid: b.guid,
      media_set_id: b.mediaSetId,
      first_family_number: 1,
      first_media_number: 1,
      last_family_number: 1,
      last_media_number: 1,
      catalog_family_number: 1,
      catalog_media_number: 1,
      position: b.position,
      software_vendor_id: 4608,
      name: b.name,
      description: b.description,
      user_name: b.userName,
      software_major_version: model.release.major,
      software_minor_version: model.release.minor,
      software_build_version: model.release.build,
      time_zone: TIME_ZONE,
      mtf_minor_version: 0,
      first_lsn: numberOf(b.firstLsn),
      last_lsn: numberOf(b.lastLsn),
      checkpoint_lsn: numberOf(b.checkpointLsn),
      database_backup_lsn: numberOf(b.databaseBackupLsn),
      database_creation_date: wallSecond(b.databaseCreatedMs),
      backup_start_date: wallSecond(b.startedMs),
      backup_finish_date: wallSecond(b.finishedMs),
      type: b.type,
      sort_order: 52,
      code_page: 0,
      compatibility_level: model.release.compatibilityLevel,
      database_version: model.release.databaseVersion,
      backup_size: b.sizeBytes,
      database_name: b.database,
      server_name: SERVER.serverName,
      machine_name: SERVER.machineName,
      flags: 512,
      unicode_locale: 1033,
      unicode_compare_style: 196609,
      collation_name: SERVER.collation,
      is_password_protected: false,
      recovery_model: b.recoveryModel.replace("_", "-"),
      has_bulk_logged_data: false,
      is_snapshot: b.isSnapshot === true,
      is_readonly: b.readOnly,
      is_single_user: b.singleUser,
      has_backup_checksums: b.checksums,
      is_damaged: false,
      begins_log_chain: b.beginsLogChain,
      has_incomplete_metadata: false,
      is_force_offline: b.tail,
      is_copy_only: b.copyOnly,
      first_recovery_fork_guid: b.firstForkGuid,
      last_recovery_fork_guid: b.lastForkGuid,
      fork_point_lsn: numberOf(b.forkPointLsn),
      database_guid: b.databaseGuid,
      family_guid: b.familyGuid,
      differential_base_lsn: numberOf(b.differentialBaseLsn),
      differential_base_guid: b.differentialBaseGuid,
      compressed_backup_size: compressesBackups(model.edition) ? b.compressedBytes : b.sizeBytes,
      key_algorithm: b.isEncrypted === true ? "aes_256" : null,
    })),
);

/** One row a media set: appended sets share it. */
function mediaSets(backups: readonly BackupRecord[]): BackupRecord[] {
  return [...new Map(backups.map((b) => [b.mediaSetId, b])).values()];
}

const backupmediaset = view(
  `media_set_id int, media_uuid uniqueidentifier, media_family_count tinyint, name nvarchar(128), description nvarchar(255),
   software_name nvarchar(128), software_vendor_id int, MTF_major_version tinyint, mirror_count tinyint,
   is_password_protected bit, is_compressed bit, is_encrypted bit`,
  ({ model }) =>
    mediaSets(model.state.backups).map((b) => ({
      media_set_id: b.mediaSetId,
      media_uuid: b.mediaGuid,
      media_family_count: 1,
      software_name: b.softwareName,
      software_vendor_id: 4608,
      MTF_major_version: 1,
      mirror_count: 1,
      is_password_protected: false,
      is_compressed: b.compressed,
      is_encrypted: false,
    })),
);

const backupmediafamily = view(
  `media_set_id int, family_sequence_number tinyint, media_family_id uniqueidentifier, media_count int,
   logical_device_name nvarchar(128), physical_device_name nvarchar(260), device_type tinyint, physical_block_size int,
   mirror tinyint`,
  ({ model }) =>
    mediaSets(model.state.backups).map((b) => ({
      media_set_id: b.mediaSetId,
      family_sequence_number: 1,
      media_family_id: b.mediaGuid,
      media_count: 1,
      physical_device_name: b.device,
      device_type: b.deviceType ?? 2,
      physical_block_size: 4096,
      mirror: 0,
    })),
);

const backupfile = view(
  `backup_set_id int, first_family_number tinyint, first_media_number smallint, filegroup_name nvarchar(128), page_size int,
   file_number numeric(10,0), backed_up_page_count numeric(10,0), file_type char(1), file_size numeric(20,0),
   logical_name nvarchar(128), physical_drive nvarchar(260), physical_name nvarchar(260), state tinyint,
   state_desc nvarchar(64), is_present bit, backup_size numeric(20,0)`,
  ({ model }) =>
    model.state.backups.flatMap((b) =>
      [false, true].map((log) => ({
        backup_set_id: b.backupSetId,
        first_family_number: 1,
        first_media_number: 1,
        filegroup_name: log ? null : "PRIMARY",
        page_size: log ? null : 8192,
        file_number: log ? 2 : 1,
        backed_up_page_count: log ? 0 : Math.round(b.sizeBytes / 8192),
        file_type: log ? "L" : "D",
        file_size: b.sizeBytes,
        logical_name: `${b.database}${log ? "_log" : ""}`,
        physical_drive: "C:",
        physical_name: `${SERVER.dataFolder}${b.database}${log ? "_log.ldf" : ".mdf"}`,
        state: 0,
        state_desc: "ONLINE",
        is_present: true,
        backup_size: log ? 0 : b.sizeBytes,
      })),
    ),
);

const none = (columns: string): View => view(columns, () => []);

/** Tables of msdb; they exist in no other database. */
export const msdbTables: Record<string, View> = {
  "dbo.backupset": backupset,
  "dbo.backupmediaset": backupmediaset,
  "dbo.backupmediafamily": backupmediafamily,
  "dbo.backupfile": backupfile,
  "dbo.restorehistory": none(
    `restore_history_id int, restore_date datetime, destination_database_name nvarchar(128), user_name nvarchar(128),
     backup_set_id int, restore_type char(1), replace bit, recovery bit`,
  ),
  "dbo.log_shipping_primary_databases": none(
    "primary_id uniqueidentifier, primary_database sysname, backup_directory nvarchar(500), backup_job_id uniqueidentifier",
  ),
  "dbo.suspect_pages": none(
    "database_id int, file_id int, page_id bigint, event_type int, error_count int, last_update_date datetime",
  ),
};
