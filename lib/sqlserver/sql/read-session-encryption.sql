/*
Purpose: whether this session really is encrypted; the driver accepts a server that refuses encryption.
Permission: VIEW SERVER STATE (2022 on: VIEW SERVER SECURITY STATE).
Versions: 2008 R2 to 2025.
Source: sys.dm_exec_connections (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-connections-transact-sql)
*/
SELECT CONVERT(varchar(5), c.encrypt_option) AS encrypt_option
FROM sys.dm_exec_connections AS c
WHERE c.session_id = @@SPID;
