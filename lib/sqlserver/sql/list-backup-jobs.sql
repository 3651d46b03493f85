/*
Purpose: steps of enabled Agent jobs that take backups: BACKUP statements, the usual maintenance scripts, and the
         extended procedures of other software (xp_backup_: LiteSpeed, xp_ss_backup: SQL Safe, sqlbackup: Redgate). In a
         collation of its own: msdb has the server's, which may tell case apart, or fold i and I as Turkish does.
Permission: SELECT on msdb.dbo.sysjobs and msdb.dbo.sysjobsteps.
Versions: 2008 R2 to 2025; Express has no Agent and so no rows.
Source: sysjobsteps (https://learn.microsoft.com/sql/relational-databases/system-tables/dbo-sysjobsteps-transact-sql)
*/
SELECT j.name AS job_name,
       s.step_name AS step_name,
       s.subsystem AS subsystem,
       s.database_name AS database_name,
       SUBSTRING(s.command, 1, 2000) AS command
FROM msdb.dbo.sysjobs AS j
JOIN msdb.dbo.sysjobsteps AS s ON s.job_id = j.job_id
WHERE j.enabled = 1
  AND (s.command COLLATE Latin1_General_CI_AS LIKE N'%BACKUP%DATABASE%' OR s.command COLLATE Latin1_General_CI_AS LIKE N'%BACKUP%LOG%'
       OR s.command COLLATE Latin1_General_CI_AS LIKE N'%DatabaseBackup%' OR s.command COLLATE Latin1_General_CI_AS LIKE N'%Backup-%'
       OR s.command COLLATE Latin1_General_CI_AS LIKE N'%xp[_]backup[_]%' OR s.command COLLATE Latin1_General_CI_AS LIKE N'%xp[_]ss[_]backup%'
       OR s.command COLLATE Latin1_General_CI_AS LIKE N'%sqlbackup%' OR s.command COLLATE Latin1_General_CI_AS LIKE N'%sqllogship%')
ORDER BY j.name, s.step_id;
