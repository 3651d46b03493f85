/*
Purpose: a full backup, one file with one set: the base of the differentials that follow (unless COPY_ONLY).
Permission: BACKUP DATABASE (db_backupoperator, db_owner, sysadmin); the service account writes the file.
Versions: 2008 R2 to 2025. COMPRESSION: not on Web and Express (error 1844).
Source: BACKUP (https://learn.microsoft.com/sql/t-sql/statements/backup-transact-sql)
*/
BACKUP DATABASE @db TO DISK = @path WITH $(copy_only)FORMAT, INIT, CHECKSUM, $(compression), STATS = 5, NAME = @name, DESCRIPTION = @desc;
