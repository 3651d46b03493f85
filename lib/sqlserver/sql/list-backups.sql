/*
Purpose: successful backups of a database taken on this instance, newest first; one by name when @name is given.
         msdb keeps no row of a failed or cancelled backup. Times are the server's wall clock.
         Of the database by its identity: under names that it had before too, and without another that had its name. Where
         sys.database_recovery_status may not be seen, by name.
Permission: SELECT on msdb.dbo.backupset and msdb.dbo.backupmediafamily.
Versions: 2008 R2 to 2025.
Source: backupset, backupmediafamily (https://learn.microsoft.com/sql/relational-databases/system-tables/backupset-transact-sql)
*/
SELECT TOP (@limit)
       bs.name AS set_name,
       bs.type AS backup_type,
       bs.database_name AS database_name,
       CONVERT(varchar(23), bs.backup_start_date, 126) AS started_local,
       CONVERT(varchar(23), bs.backup_finish_date, 126) AS finished_local,
       CONVERT(varchar(25), bs.first_lsn) AS first_lsn,
       CONVERT(varchar(25), bs.last_lsn) AS last_lsn,
       CONVERT(varchar(25), bs.checkpoint_lsn) AS checkpoint_lsn,
       CONVERT(varchar(25), bs.database_backup_lsn) AS database_backup_lsn,
       CONVERT(varchar(36), bs.differential_base_guid) AS differential_base_guid,
       CONVERT(varchar(36), bs.backup_set_uuid) AS backup_set_guid,
       CONVERT(varchar(20), bs.backup_size) AS backup_size,
       CONVERT(varchar(20), bs.compressed_backup_size) AS compressed_size,
       bs.is_copy_only AS is_copy_only,
       bs.is_force_offline AS is_tail,
       bs.user_name AS user_name,
       mf.physical_device_name AS physical_device_name
FROM msdb.dbo.backupset AS bs
LEFT JOIN msdb.dbo.backupmediafamily AS mf
  ON mf.media_set_id = bs.media_set_id AND mf.mirror = 0 AND mf.family_sequence_number = 1
LEFT JOIN sys.database_recovery_status AS rs ON rs.database_id = DB_ID(@db)
WHERE (bs.database_guid = rs.database_guid OR (bs.family_guid = rs.family_guid AND bs.database_name = @db)
       OR (rs.database_guid IS NULL AND bs.database_name = @db)) AND (@name IS NULL OR bs.name = @name)
ORDER BY bs.backup_set_id DESC;
