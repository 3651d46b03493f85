/*
Purpose: throws everybody out but db_owner, dbcreator and sysadmin. Open transactions are rolled back.
Permission: ALTER on the database. Run from master.
Versions: 2008 R2 to 2025.
Source: ALTER DATABASE SET (https://learn.microsoft.com/sql/t-sql/statements/alter-database-transact-sql-set-options)
*/
ALTER DATABASE $(database) SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
