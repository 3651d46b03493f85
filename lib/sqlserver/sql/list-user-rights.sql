/*
Purpose: what users of a database were granted or denied beside their roles, each kind once.
Permission: as list-database-users.
Versions: 2008 R2 to 2025.
Source: sys.database_permissions (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-permissions-transact-sql)
*/
EXEC $(database).sys.sp_executesql N'SELECT u.name AS user_name, p.permission_name AS permission_name, p.state_desc AS state_desc
FROM sys.database_permissions AS p
JOIN sys.database_principals AS u ON u.principal_id = p.grantee_principal_id
WHERE u.principal_id > 4 AND p.permission_name <> ''CONNECT''
GROUP BY u.name, p.permission_name, p.state_desc;';
