/*
Purpose: a log backup; it truncates the log unless COPY_ONLY.
Permission: BACKUP LOG (db_backupoperator, db_owner, sysadmin).
Versions: 2008 R2 to 2025. Not in SIMPLE (4208), not before the first full backup (4214).
Source: BACKUP (https://learn.microsoft.com/sql/t-sql/statements/backup-transact-sql)
*/
BACKUP LOG @db TO DISK = @path WITH $(copy_only)FORMAT, INIT, CHECKSUM, $(compression), STATS = 10, NAME = @name, DESCRIPTION = @desc;
