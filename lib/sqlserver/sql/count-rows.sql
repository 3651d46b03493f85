/*
Purpose: rows of every user table, from the partition metadata (exact while nothing writes).
Permission: public in the database; tables without VIEW DEFINITION are not listed.
Versions: 2008 R2 to 2025.
Source: sys.partitions, sys.objects (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-partitions-transact-sql)
*/
EXEC $(database).sys.sp_executesql N'SELECT SCHEMA_NAME(o.schema_id) AS schema_name,
       o.name AS table_name,
       CONVERT(varchar(20), SUM(p.rows)) AS row_count
FROM sys.partitions AS p
JOIN sys.objects AS o ON o.object_id = p.object_id
WHERE o.type = ''U'' AND o.is_ms_shipped = 0 AND p.index_id IN (0, 1)
GROUP BY o.schema_id, o.name;';
