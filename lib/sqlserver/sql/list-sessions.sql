/*
Purpose: user sessions whose current database is @db.
Permission: VIEW SERVER STATE.
Versions: 2012 to 2025 (database_id and open_transaction_count are new there); older: list-sessions-2008.sql.
Source: sys.dm_exec_sessions (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-sessions-transact-sql)
*/
SELECT CONVERT(int, s.session_id) AS session_id,
       s.login_name AS login_name,
       s.host_name AS host_name,
       s.program_name AS program_name,
       s.status AS status,
       CONVERT(varchar(23), s.last_request_end_time, 126) AS last_request_local,
       s.open_transaction_count AS open_transactions
FROM sys.dm_exec_sessions AS s
WHERE s.is_user_process = 1 AND s.session_id <> @@SPID AND s.database_id = DB_ID(@db)
ORDER BY s.session_id;
