/*
Purpose: users of a database with the logins they stand for; one whose login is gone has none. No hash is read.
Permission: public sees itself; VIEW DEFINITION on the database and VIEW ANY DEFINITION see all.
Versions: 2008 R2 to 2025.
Source: sys.database_principals (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-principals-transact-sql)
*/
EXEC $(database).sys.sp_executesql N'SELECT d.name AS user_name,
       d.type AS user_type,
       s.name AS login_name,
       s.type AS login_type,
       s.is_disabled AS is_disabled
FROM sys.database_principals AS d
LEFT JOIN sys.server_principals AS s ON s.sid = d.sid
WHERE d.type IN (''S'', ''U'', ''G'') AND d.principal_id > 4
ORDER BY d.name;';
