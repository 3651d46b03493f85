/*
Purpose: what a preflight asks about one database, in one row: state, log chain, files, and what it takes part in.
         last_log_backup_lsn is NULL in SIMPLE and while FULL waits for its first full backup; fork_guid is NULL when
         sys.database_recovery_status may not be seen. Sizes of FILESTREAM containers are 0 here.
Permission: VIEW ANY DATABASE (public by default); files and LSN need VIEW ANY DEFINITION, else they are NULL.
Versions: 2008 R2 to 2025.
Source: sys.databases, sys.master_files, sys.database_mirroring (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql)
*/
SELECT d.name AS name,
       d.state_desc AS state_desc,
       d.is_read_only AS is_read_only,
       d.is_in_standby AS is_in_standby,
       DB_NAME(d.source_database_id) AS snapshot_of,
       d.page_verify_option_desc AS page_verify,
       d.log_reuse_wait_desc AS log_reuse_wait,
       d.is_cdc_enabled AS is_cdc_enabled,
       d.is_published AS is_published,
       d.is_merge_published AS is_merge_published,
       d.is_distributor AS is_distributor,
       m.mirroring_role_desc AS mirroring_role,
       CONVERT(varchar(25), rs.last_log_backup_lsn) AS last_log_backup_lsn,
       CONVERT(varchar(36), rs.recovery_fork_guid) AS fork_guid,
       f.data_sum AS data_bytes,
       f.log_sum AS log_bytes,
       f.largest AS largest_file_bytes,
       f.filestream_count AS filestream_files
FROM sys.databases AS d
LEFT JOIN sys.database_recovery_status AS rs ON rs.database_id = d.database_id
LEFT JOIN sys.database_mirroring AS m ON m.database_id = d.database_id
OUTER APPLY (SELECT SUM(CASE WHEN mf.type = 0 THEN CONVERT(bigint, mf.size) * 8192 END) AS data_sum,
                    SUM(CASE WHEN mf.type = 1 THEN CONVERT(bigint, mf.size) * 8192 END) AS log_sum,
                    MAX(CONVERT(bigint, mf.size) * 8192) AS largest,
                    SUM(CASE WHEN mf.type = 2 THEN 1 ELSE 0 END) AS filestream_count
             FROM sys.master_files AS mf
             WHERE mf.database_id = d.database_id) AS f
WHERE d.name = @db;
