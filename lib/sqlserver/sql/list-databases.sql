/*
Purpose: user databases with state, recovery model, size and the start of the next log backup.
         last_log_backup_lsn is NULL in SIMPLE and while FULL waits for its first full backup.
Permission: VIEW ANY DATABASE (public by default); sizes and LSN need VIEW ANY DEFINITION, else they are NULL.
Versions: 2008 R2 to 2025.
Source: sys.databases, sys.master_files, sys.database_recovery_status (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql)
*/
SELECT d.name AS name,
       d.state_desc AS state_desc,
       d.recovery_model_desc AS recovery_model_desc,
       d.user_access_desc AS user_access_desc,
       d.is_read_only AS is_read_only,
       d.compatibility_level AS compatibility_level,
       d.collation_name AS collation_name,
       d.is_encrypted AS is_encrypted,
       f.data_sum AS data_bytes,
       f.log_sum AS log_bytes,
       CONVERT(int, DATABASEPROPERTYEX(d.name, 'Version')) AS internal_version,
       CONVERT(varchar(25), rs.last_log_backup_lsn) AS last_log_backup_lsn
FROM sys.databases AS d
LEFT JOIN sys.database_recovery_status AS rs ON rs.database_id = d.database_id
OUTER APPLY (SELECT SUM(CASE WHEN mf.type = 0 THEN CONVERT(bigint, mf.size) * 8192 END) AS data_sum,
                    SUM(CASE WHEN mf.type = 1 THEN CONVERT(bigint, mf.size) * 8192 END) AS log_sum
             FROM sys.master_files AS mf
             WHERE mf.database_id = d.database_id) AS f
WHERE d.database_id > 4 AND d.source_database_id IS NULL
  AND (@db IS NULL OR d.name = @db)
ORDER BY d.name;
