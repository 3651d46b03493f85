/*
Purpose: how many backups of the last days were taken WITH ENCRYPTION: nobody restores them without the certificate.
Permission: SELECT on msdb.dbo.backupset.
Versions: 2014 to 2025; older ones cannot encrypt a backup.
Source: backupset.key_algorithm (https://learn.microsoft.com/sql/relational-databases/system-tables/backupset-transact-sql)
*/
SELECT COUNT(*) AS encrypted_count
FROM msdb.dbo.backupset AS bs
WHERE bs.database_name = @db AND bs.key_algorithm IS NOT NULL
  AND bs.backup_finish_date >= DATEADD(day, -@days, GETDATE());
