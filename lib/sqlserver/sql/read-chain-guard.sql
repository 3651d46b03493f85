/*
Purpose: where the backup chain of a database (NULL: of each) stands, without msdb: the full backup that the next differential builds on,
         the LSN at which the next log backup begins, and the fork. What changes here without us is somebody else's doing.
Permission: VIEW ANY DATABASE (sys.database_recovery_status) and VIEW ANY DEFINITION (sys.master_files); columns are NULL without.
Versions: 2008 R2 to 2025.
Source: sys.database_recovery_status, sys.master_files (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-recovery-status-transact-sql)
*/
SELECT d.name AS database_name,
       d.state_desc AS state_desc,
       d.recovery_model_desc AS recovery_model_desc,
       CONVERT(varchar(25), mf.differential_base_lsn) AS differential_base_lsn,
       CONVERT(varchar(36), mf.differential_base_guid) AS differential_base_guid,
       CONVERT(varchar(25), rs.last_log_backup_lsn) AS next_log_first_lsn,
       CONVERT(varchar(36), rs.recovery_fork_guid) AS recovery_fork_guid,
       CONVERT(varchar(36), rs.database_guid) AS database_guid
FROM sys.databases AS d
LEFT JOIN sys.master_files AS mf ON mf.database_id = d.database_id AND mf.type = 0 AND mf.file_id = 1
LEFT JOIN sys.database_recovery_status AS rs ON rs.database_id = d.database_id
WHERE @db IS NULL OR d.name = @db;
