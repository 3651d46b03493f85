/*
Purpose: back to single-user mode, in which a database stood before it was restricted.
Permission: ALTER on the database. Run from master.
Versions: 2008 R2 to 2025.
Source: ALTER DATABASE SET (https://learn.microsoft.com/sql/t-sql/statements/alter-database-transact-sql-set-options)
*/
ALTER DATABASE $(database) SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
