/*
Purpose: the same from the database's boot page: the row with Field dbi_dbccLastKnownGood, in column VALUE.
Permission: sysadmin.
Versions: 2008 R2 to 2025; not documented, used where read-last-check.sql does not work.
Source: DBCC (https://learn.microsoft.com/sql/t-sql/database-console-commands/dbcc-transact-sql)
*/
DBCC DBINFO ($(database)) WITH TABLERESULTS, NO_INFOMSGS;
