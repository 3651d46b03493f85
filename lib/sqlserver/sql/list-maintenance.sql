/*
Purpose: backups, restores and checks of a database that run now, from any session, with who runs them.
         During CHECKDB command names the phase, and percent_complete starts again in each.
Permission: VIEW SERVER STATE; without it only the own session is seen, so an empty list proves nothing.
Versions: 2008 R2 to 2025.
Source: sys.dm_exec_requests (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-requests-transact-sql)
*/
SELECT CONVERT(int, r.session_id) AS session_id,
       r.command AS command,
       CONVERT(float, r.percent_complete) AS percent_complete,
       CONVERT(varchar(20), r.estimated_completion_time) AS remaining_ms,
       CONVERT(varchar(23), r.start_time, 126) AS started_local,
       s.login_name AS login_name,
       s.host_name AS host_name,
       s.program_name AS program_name
FROM sys.dm_exec_requests AS r
JOIN sys.dm_exec_sessions AS s ON s.session_id = r.session_id
WHERE r.database_id = DB_ID(@db)
  AND (r.command LIKE N'BACKUP%' OR r.command LIKE N'RESTORE%' OR r.command LIKE N'DBCC%');
