/*
Purpose: who else backed a database up in the last days, by kind: user, software, device (2 disk, 7 virtual device,
         9 URL), whether it was a snapshot or copy-only. Our own sets are left out by their name.
Permission: SELECT on msdb.dbo.backupset, backupmediaset and backupmediafamily.
Versions: 2008 R2 to 2025. msdb knows only what was taken on this instance and may have been purged.
Source: backupset (https://learn.microsoft.com/sql/relational-databases/system-tables/backupset-transact-sql)
*/
SELECT bs.type AS backup_type,
       bs.is_copy_only AS is_copy_only,
       bs.is_snapshot AS is_snapshot,
       bs.user_name AS user_name,
       ms.software_name AS software_name,
       CONVERT(int, mf.device_type) AS device_type,
       COUNT(*) AS backup_count,
       CONVERT(varchar(23), MAX(bs.backup_finish_date), 126) AS last_local,
       MAX(mf.physical_device_name) AS sample_device
FROM msdb.dbo.backupset AS bs
JOIN msdb.dbo.backupmediaset AS ms ON ms.media_set_id = bs.media_set_id
JOIN msdb.dbo.backupmediafamily AS mf ON mf.media_set_id = bs.media_set_id AND mf.mirror = 0 AND mf.family_sequence_number = 1
WHERE bs.database_name = @db
  AND bs.backup_finish_date >= DATEADD(day, -@days, GETDATE())
  AND (bs.name IS NULL OR bs.name NOT LIKE N'chainferry %')
GROUP BY bs.type, bs.is_copy_only, bs.is_snapshot, bs.user_name, ms.software_name, mf.device_type
ORDER BY MAX(bs.backup_finish_date) DESC;
