/*
Purpose: when DBCC CHECKDB last ended without errors, in the server's wall clock; 1900-01-01: never.
Permission: public.
Versions: 2016 SP2, 2017 CU9 to 2025; older ones have read-last-check-dbinfo.sql.
Source: DATABASEPROPERTYEX (https://learn.microsoft.com/sql/t-sql/functions/databasepropertyex-transact-sql)
*/
SELECT CONVERT(varchar(23), CONVERT(datetime, DATABASEPROPERTYEX(@db, 'LastGoodCheckDbTime')), 126) AS checked_local;
