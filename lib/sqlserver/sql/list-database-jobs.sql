/*
Purpose: Agent jobs with a step that runs in a database or names it: they stay on their server.
Permission: SELECT on msdb.dbo.sysjobs and msdb.dbo.sysjobsteps.
Versions: 2008 R2 to 2025. Express has no Agent, and no jobs.
Source: sysjobsteps (https://learn.microsoft.com/sql/relational-databases/system-tables/dbo-sysjobsteps-transact-sql)
*/
SELECT j.name AS job_name, CONVERT(int, j.enabled) AS is_enabled
FROM msdb.dbo.sysjobs AS j
JOIN msdb.dbo.sysjobsteps AS s ON s.job_id = j.job_id
WHERE s.database_name = @db OR CHARINDEX(@db, s.command) > 0
GROUP BY j.name, j.enabled;
