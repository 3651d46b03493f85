/*
Purpose: logical and physical consistency of the whole database; each table is reported as it is done.
Permission: db_owner or sysadmin.
Versions: 2008 R2 to 2025.
Source: DBCC CHECKDB (https://learn.microsoft.com/sql/t-sql/database-console-commands/dbcc-checkdb-transact-sql)
*/
DBCC CHECKDB ($(database)) WITH ALL_ERRORMSGS;
