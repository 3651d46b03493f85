/*
Purpose: kinds of storage in a database (FILESTREAM, FileTable, memory-optimized), files that are not online, and the
         bytes in use, which is about what a full backup holds before compression.
Permission: public in the database; a table without VIEW DEFINITION is not counted.
Versions: 2008 R2 to 2025 (FileTables from 2012, filegroups of type FX from 2014).
Source: sys.filegroups, FILEPROPERTY, OBJECTPROPERTY (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-filegroups-transact-sql)
*/
EXEC $(database).sys.sp_executesql N'SELECT (SELECT COUNT(*) FROM sys.filegroups AS fd WHERE fd.type = ''FD'') AS filestream_groups,
       (SELECT COUNT(*) FROM sys.filegroups AS fx WHERE fx.type = ''FX'') AS memory_groups,
       (SELECT COUNT(*) FROM sys.tables AS t WHERE OBJECTPROPERTY(t.object_id, ''TableIsFileTable'') = 1) AS file_tables,
       (SELECT COUNT(*) FROM sys.database_files AS o WHERE o.state <> 0) AS files_not_online,
       (SELECT SUM(CONVERT(bigint, FILEPROPERTY(u.name, ''SpaceUsed''))) * 8192 FROM sys.database_files AS u WHERE u.type = 0) AS used_bytes;';
