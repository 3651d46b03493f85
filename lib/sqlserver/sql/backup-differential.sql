/*
Purpose: a differential backup on the last full backup that was not COPY_ONLY.
Permission: BACKUP DATABASE (db_backupoperator, db_owner, sysadmin).
Versions: 2008 R2 to 2025. COPY_ONLY would be ignored by the server, so it is not offered.
Source: BACKUP (https://learn.microsoft.com/sql/t-sql/statements/backup-transact-sql)
*/
BACKUP DATABASE @db TO DISK = @path WITH DIFFERENTIAL, FORMAT, INIT, CHECKSUM, $(compression), STATS = 5, NAME = @name, DESCRIPTION = @desc;
