/*
Purpose: bytes written to the log files of a database since the server started, and how many seconds ago that was.
Permission: VIEW SERVER STATE; the list of files needs VIEW ANY DEFINITION.
Versions: 2008 R2 to 2025.
Source: sys.dm_io_virtual_file_stats (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-io-virtual-file-stats-transact-sql)
*/
SELECT CONVERT(varchar(30), SUM(v.num_of_bytes_written)) AS written_bytes,
       (SELECT MAX(DATEDIFF(second, i.sqlserver_start_time, GETDATE())) FROM sys.dm_os_sys_info AS i) AS up_seconds
FROM sys.master_files AS mf
CROSS APPLY sys.dm_io_virtual_file_stats(mf.database_id, mf.file_id) AS v
WHERE mf.database_id = DB_ID(@db) AND mf.type = 1;
