/*
Purpose: which roles of a database its users are in.
Permission: as list-database-users.
Versions: 2008 R2 to 2025.
Source: sys.database_role_members (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-role-members-transact-sql)
*/
EXEC $(database).sys.sp_executesql N'SELECT u.name AS user_name, r.name AS role_name
FROM sys.database_role_members AS m
JOIN sys.database_principals AS u ON u.principal_id = m.member_principal_id
JOIN sys.database_principals AS r ON r.principal_id = m.role_principal_id
ORDER BY u.name, r.name;';
