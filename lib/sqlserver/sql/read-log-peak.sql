/*
Purpose: the hour of the last days in which log backups held most bytes: what a migration must keep up with.
Permission: SELECT on msdb.dbo.backupset.
Versions: 2008 R2 to 2025.
Source: backupset (https://learn.microsoft.com/sql/relational-databases/system-tables/backupset-transact-sql)
*/
SELECT TOP (1) CONVERT(varchar(13), bs.backup_finish_date, 126) AS hour_local,
       CONVERT(varchar(30), SUM(bs.backup_size)) AS hour_bytes
FROM msdb.dbo.backupset AS bs
WHERE bs.database_name = @db AND bs.type = 'L'
  AND bs.backup_finish_date >= DATEADD(day, -@days, GETDATE())
GROUP BY CONVERT(varchar(13), bs.backup_finish_date, 126)
ORDER BY SUM(bs.backup_size) DESC;
