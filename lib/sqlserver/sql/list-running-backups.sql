/*
Purpose: backups of a database that run right now, from any session.
Permission: VIEW SERVER STATE; without it only the own session is seen, so an empty list proves nothing.
Versions: 2008 R2 to 2025.
Source: sys.dm_exec_requests (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-requests-transact-sql)
*/
SELECT CONVERT(int, r.session_id) AS session_id,
       r.command AS command,
       DB_NAME(r.database_id) AS database_name,
       CONVERT(float, r.percent_complete) AS percent_complete,
       CONVERT(varchar(23), r.start_time, 126) AS started_local
FROM sys.dm_exec_requests AS r
WHERE r.command LIKE N'BACKUP%' AND r.database_id = DB_ID(@db);
