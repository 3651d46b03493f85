/*
Purpose: settings of the server that databases lean on and that no backup carries.
Permission: public.
Versions: 2008 R2 to 2025; what a version does not have is not listed.
Source: sys.configurations (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-configurations-transact-sql)
*/
SELECT name AS setting_name, CONVERT(varchar(30), value_in_use) AS setting_value
FROM sys.configurations
WHERE name IN ('max degree of parallelism', 'cost threshold for parallelism', 'optimize for ad hoc workloads', 'clr enabled', 'contained database authentication', 'cross db ownership chaining', 'Database Mail XPs', 'Ole Automation Procedures', 'xp_cmdshell', 'default language', 'two digit year cutoff', 'max text repl size (B)', 'remote access');
