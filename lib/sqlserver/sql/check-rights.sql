/*
Purpose: each right that a migration uses, tried one by one: 1 has it, 0 lacks it, NULL cannot be told (no access).
         2022 split VIEW SERVER STATE in two; a version that does not know the parts answers NULL for them.
Permission: public.
Versions: 2008 R2 to 2025.
Source: HAS_PERMS_BY_NAME (https://learn.microsoft.com/sql/t-sql/functions/has-perms-by-name-transact-sql)
*/
SELECT SUSER_SNAME() AS login_name,
       CONVERT(int, IS_SRVROLEMEMBER('sysadmin')) AS is_sysadmin,
       CASE WHEN HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER PERFORMANCE STATE') = 1
              AND HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER SECURITY STATE') = 1 THEN 1
            ELSE HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') END AS view_server_state,
       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS view_any_definition,
       HAS_PERMS_BY_NAME(NULL, NULL, 'CREATE ANY DATABASE') AS create_any_database,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'BACKUP DATABASE') AS backup_database,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'BACKUP LOG') AS backup_log,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'ALTER') AS alter_database,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'CONTROL') AS control_database,
       HAS_PERMS_BY_NAME(QUOTENAME(@db), 'DATABASE', 'VIEW DATABASE STATE') AS view_database_state,
       HAS_PERMS_BY_NAME('msdb.dbo.backupset', 'OBJECT', 'SELECT') AS select_backupset,
       HAS_PERMS_BY_NAME('msdb.dbo.sysjobsteps', 'OBJECT', 'SELECT') AS select_jobs;
