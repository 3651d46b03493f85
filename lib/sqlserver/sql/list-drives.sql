/*
Purpose: megabytes free on each fixed drive of the server, by letter. Mount points and Linux have none.
Permission: public (EXECUTE on xp_fixeddrives is granted to it unless an administrator took it away).
Versions: 2008 R2 to 2025; an extended procedure that is not documented: an error means "not known".
Source: sys.dm_os_volume_stats is the documented way for volumes with database files (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-os-volume-stats-transact-sql)
*/
EXEC master.dbo.xp_fixeddrives;
