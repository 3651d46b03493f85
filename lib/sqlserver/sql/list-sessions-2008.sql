/*
Purpose: user sessions whose current database is @db, for servers whose session view does not know it.
Permission: VIEW SERVER STATE.
Versions: 2008 R2; newer: list-sessions.sql.
Source: sys.sysprocesses (https://learn.microsoft.com/sql/relational-databases/system-compatibility-views/sys-sysprocesses-transact-sql)
*/
SELECT CONVERT(int, p.spid) AS session_id,
       RTRIM(p.loginame) AS login_name,
       RTRIM(p.hostname) AS host_name,
       RTRIM(p.program_name) AS program_name,
       RTRIM(p.status) AS status,
       CONVERT(varchar(23), p.last_batch, 126) AS last_request_local,
       CONVERT(int, p.open_tran) AS open_transactions
FROM master.sys.sysprocesses AS p
WHERE p.spid > 50 AND p.spid <> @@SPID AND p.dbid = DB_ID(@db)
ORDER BY p.spid;
