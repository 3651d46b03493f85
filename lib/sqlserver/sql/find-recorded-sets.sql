/*
Purpose: what msdb remembers of the backup file at @path, of one whose path is @like, by its name in any folder, or of the set @set_guid: every
         fact that its header would give, newest media set first, so that a file that was overwritten is told by its last
         writing. One row a set.
Permission: SELECT on msdb.dbo.backupset, msdb.dbo.backupmediaset and msdb.dbo.backupmediafamily.
Versions: 2008 R2 to 2025.
Source: backupset, backupmediafamily (https://learn.microsoft.com/sql/relational-databases/system-tables/backupset-transact-sql)
*/
SELECT TOP (@limit)
       bs.media_set_id AS media_set_id,
       bs.name AS set_name,
       bs.description AS set_description,
       bs.type AS type_letter,
       bs.position AS position,
       bs.user_name AS user_name,
       bs.server_name AS server_name,
       bs.machine_name AS machine_name,
       bs.database_name AS database_name,
       bs.database_version AS database_version,
       CONVERT(varchar(23), bs.database_creation_date, 126) AS created_local,
       CONVERT(int, bs.software_major_version) AS major_version,
       CONVERT(int, bs.software_minor_version) AS minor_version,
       CONVERT(int, bs.software_build_version) AS build_version,
       CONVERT(int, bs.compatibility_level) AS compatibility_level,
       bs.flags AS flags,
       CONVERT(int, bs.time_zone) AS time_zone,
       CONVERT(varchar(23), bs.backup_start_date, 126) AS started_local,
       CONVERT(varchar(23), bs.backup_finish_date, 126) AS finished_local,
       CONVERT(varchar(25), bs.first_lsn) AS first_lsn,
       CONVERT(varchar(25), bs.last_lsn) AS last_lsn,
       CONVERT(varchar(25), bs.checkpoint_lsn) AS checkpoint_lsn,
       CONVERT(varchar(25), bs.database_backup_lsn) AS database_backup_lsn,
       CONVERT(varchar(25), bs.differential_base_lsn) AS differential_base_lsn,
       CONVERT(varchar(36), bs.differential_base_guid) AS differential_base_guid,
       CONVERT(varchar(36), bs.backup_set_uuid) AS backup_set_guid,
       CONVERT(varchar(36), bs.family_guid) AS family_guid,
       CONVERT(varchar(36), bs.database_guid) AS binding_id,
       CONVERT(varchar(36), bs.first_recovery_fork_guid) AS first_fork_guid,
       CONVERT(varchar(36), bs.last_recovery_fork_guid) AS last_fork_guid,
       CONVERT(varchar(25), bs.fork_point_lsn) AS fork_point_lsn,
       bs.recovery_model AS recovery_model,
       bs.collation_name AS collation,
       CONVERT(varchar(20), bs.backup_size) AS backup_size,
       CONVERT(varchar(20), bs.compressed_backup_size) AS compressed_size,
       ms.is_compressed AS is_compressed,
       bs.is_copy_only AS is_copy_only,
       bs.has_backup_checksums AS has_checksums,
       bs.is_damaged AS is_damaged,
       bs.is_force_offline AS is_tail,
       bs.has_bulk_logged_data AS has_bulk_logged,
       bs.is_snapshot AS is_snapshot,
       bs.is_readonly AS is_readonly,
       bs.is_single_user AS is_single_user,
       bs.has_incomplete_metadata AS is_incomplete_metadata,
       bs.begins_log_chain AS begins_log_chain,
       CONVERT(int, mf.family_sequence_number) AS family_sequence,
       CONVERT(int, ms.media_family_count) AS family_count
FROM msdb.dbo.backupset AS bs
JOIN msdb.dbo.backupmediaset AS ms ON ms.media_set_id = bs.media_set_id
JOIN msdb.dbo.backupmediafamily AS mf ON mf.media_set_id = bs.media_set_id AND mf.mirror = 0
WHERE (@set_guid IS NULL OR bs.backup_set_uuid = CONVERT(uniqueidentifier, @set_guid))
  AND (@path IS NULL OR mf.physical_device_name = @path)
  AND (@like IS NULL OR mf.physical_device_name LIKE @like)
ORDER BY bs.media_set_id DESC, bs.position;
