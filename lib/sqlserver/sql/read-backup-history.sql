/*
Purpose: how far back msdb remembers backups of a database: what lies before was purged, or was taken on another instance.
         Of the database by its identity: under names that it had before too, and without another that had its name. Where
         sys.database_recovery_status may not be seen, by name.
Permission: SELECT on msdb.dbo.backupset.
Versions: 2008 R2 to 2025.
Source: sp_delete_backuphistory (https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-delete-backuphistory-transact-sql)
*/
SELECT COUNT(*) AS backup_count,
       CONVERT(varchar(23), MIN(bs.backup_start_date), 126) AS oldest_local,
       CONVERT(varchar(25), MIN(bs.first_lsn)) AS oldest_first_lsn
FROM msdb.dbo.backupset AS bs
LEFT JOIN sys.database_recovery_status AS rs ON rs.database_id = DB_ID(@db)
WHERE (bs.database_guid = rs.database_guid OR (bs.family_guid = rs.family_guid AND bs.database_name = @db)
       OR (rs.database_guid IS NULL AND bs.database_name = @db));
