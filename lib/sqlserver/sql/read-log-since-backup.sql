/*
Purpose: how much log the next log backup will hold.
Permission: VIEW SERVER STATE (2022 on: VIEW SERVER PERFORMANCE STATE).
Versions: 2016 SP2, 2017 to 2025; older versions cannot tell.
Source: sys.dm_db_log_stats (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-db-log-stats-transact-sql)
*/
SELECT CONVERT(varchar(30), CONVERT(decimal(28,0), s.log_since_last_log_backup_mb * 1048576.0)) AS log_bytes
FROM sys.dm_db_log_stats(DB_ID(@db)) AS s;
