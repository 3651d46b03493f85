/*
Purpose: how far back msdb remembers backups of a database: what lies before was purged, or was taken on another instance.
Permission: SELECT on msdb.dbo.backupset.
Versions: 2008 R2 to 2025.
Source: sp_delete_backuphistory (https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-delete-backuphistory-transact-sql)
*/
SELECT COUNT(*) AS backup_count,
       CONVERT(varchar(23), MIN(bs.backup_start_date), 126) AS oldest_local,
       CONVERT(varchar(25), MIN(bs.first_lsn)) AS oldest_first_lsn
FROM msdb.dbo.backupset AS bs
WHERE bs.database_name = @db;
