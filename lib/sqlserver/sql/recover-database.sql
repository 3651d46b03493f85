/*
Purpose: the way back after a tail backup: brings the RESTORING source online, nothing is restored.
Permission: dbcreator, sysadmin or the owner (members of db_owner do not have RESTORE).
Versions: 2008 R2 to 2025.
Source: RESTORE (https://learn.microsoft.com/sql/t-sql/statements/restore-statements-transact-sql)
*/
RESTORE DATABASE $(database) WITH RECOVERY;
