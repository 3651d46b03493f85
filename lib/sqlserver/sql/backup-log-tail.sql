/*
Purpose: the final log backup; leaves the source RESTORING, so nothing can be written after it.
Permission: BACKUP LOG, and exclusive access to the database (error 3101 while sessions are left).
Versions: 2008 R2 to 2025. Not for mirrored databases or availability groups.
Source: BACKUP, Tail-log backups (https://learn.microsoft.com/sql/relational-databases/backup-restore/tail-log-backups-sql-server)
*/
BACKUP LOG @db TO DISK = @path WITH NORECOVERY, FORMAT, INIT, CHECKSUM, $(compression), STATS = 10, NAME = @name, DESCRIPTION = @desc;
