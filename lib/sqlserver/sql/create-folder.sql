/*
Purpose: makes a folder, as the account that SQL Server runs under: whether it may write there. Success if it exists.
Permission: EXECUTE on master.dbo.xp_create_subdir, or sysadmin.
Versions: 2008 R2 to 2025; an extended procedure that is not documented, used by the maintenance plans of SQL Server.
Source: https://learn.microsoft.com/sql/relational-databases/maintenance-plans/maintenance-plans
*/
EXEC master.dbo.xp_create_subdir @path;
