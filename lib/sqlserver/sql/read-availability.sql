/*
Purpose: the availability group of a database and the role of this server in it; no row when it is in none.
Permission: VIEW SERVER STATE; VIEW ANY DEFINITION for the group's name.
Versions: 2012 to 2025; 2008 R2 has no availability groups.
Source: sys.dm_hadr_availability_replica_states (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-hadr-availability-replica-states-transact-sql)
*/
SELECT ag.name AS group_name,
       rs.role_desc AS role_desc
FROM sys.databases AS d
JOIN sys.dm_hadr_availability_replica_states AS rs ON rs.replica_id = d.replica_id AND rs.is_local = 1
LEFT JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
WHERE d.name = @db;
