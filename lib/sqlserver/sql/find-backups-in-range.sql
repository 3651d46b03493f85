/*
Purpose: log and differential backups taken on this instance that overlap the LSN range [@from, @to), oldest first: who
         took them, with which software, and where they lie. One row a stripe. @to may be NULL: no upper end.
         last_lsn is the first LSN that the set no longer holds, so it is compared with >.
         Of the database by its identity: under names that it had before too, and without another that had its name. Where
         sys.database_recovery_status may not be seen, by name.
Permission: SELECT on msdb.dbo.backupset, msdb.dbo.backupmediaset and msdb.dbo.backupmediafamily.
Versions: 2008 R2 to 2025.
Source: backupset, backupmediafamily (https://learn.microsoft.com/sql/relational-databases/system-tables/backupset-transact-sql)
*/
SELECT TOP (@limit)
       bs.backup_set_id AS backup_set_id,
       bs.type AS backup_type,
       bs.name AS set_name,
       bs.position AS position,
       CONVERT(varchar(36), bs.backup_set_uuid) AS backup_set_guid,
       CONVERT(varchar(23), bs.backup_start_date, 126) AS started_local,
       CONVERT(varchar(23), bs.backup_finish_date, 126) AS finished_local,
       CONVERT(varchar(25), bs.first_lsn) AS first_lsn,
       CONVERT(varchar(25), bs.last_lsn) AS last_lsn,
       CONVERT(varchar(36), bs.differential_base_guid) AS differential_base_guid,
       CONVERT(varchar(36), bs.first_recovery_fork_guid) AS first_fork_guid,
       CONVERT(varchar(36), bs.last_recovery_fork_guid) AS last_fork_guid,
       CONVERT(varchar(20), COALESCE(bs.compressed_backup_size, bs.backup_size)) AS stored_size,
       bs.is_copy_only AS is_copy_only,
       bs.is_snapshot AS is_snapshot,
       bs.user_name AS user_name,
       bs.machine_name AS machine_name,
       ms.software_name AS software_name,
       mf.family_sequence_number AS family_sequence,
       mf.physical_device_name AS physical_device_name,
       mf.device_type AS device_type
FROM msdb.dbo.backupset AS bs
LEFT JOIN msdb.dbo.backupmediaset AS ms ON ms.media_set_id = bs.media_set_id
LEFT JOIN msdb.dbo.backupmediafamily AS mf ON mf.media_set_id = bs.media_set_id AND mf.mirror = 0
LEFT JOIN sys.database_recovery_status AS rs ON rs.database_id = DB_ID(@db)
WHERE (bs.database_guid = rs.database_guid OR (bs.family_guid = rs.family_guid AND bs.database_name = @db)
       OR (rs.database_guid IS NULL AND bs.database_name = @db))
  AND bs.type IN ('L', 'I')
  AND bs.last_lsn > CONVERT(numeric(25,0), @from)
  AND (@to IS NULL OR bs.first_lsn < CONVERT(numeric(25,0), @to))
ORDER BY bs.first_lsn, bs.backup_set_id, mf.family_sequence_number;
