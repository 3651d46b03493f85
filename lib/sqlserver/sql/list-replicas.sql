/*
Purpose: the other servers of a database's availability group: each keeps the history of the backups that it took itself.
Permission: VIEW ANY DEFINITION.
Versions: 2012 to 2025; 2008 R2 has no availability groups.
Source: sys.availability_replicas (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-availability-replicas-transact-sql)
*/
SELECT ar.replica_server_name AS server_name
FROM sys.databases AS d
JOIN sys.availability_replicas AS own ON own.replica_id = d.replica_id
JOIN sys.availability_replicas AS ar ON ar.group_id = own.group_id
WHERE d.name = @db AND ar.replica_id <> own.replica_id
ORDER BY ar.replica_server_name;
