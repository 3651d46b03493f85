/*
Purpose: the files of the database that the first set of a backup file holds. Columns differ from version to version, and
         are read by their names. LSNs among them do not fit a JavaScript number and are not used.
Permission: CREATE DATABASE.
Versions: 2008 R2 to 2025.
Source: RESTORE FILELISTONLY (https://learn.microsoft.com/sql/t-sql/statements/restore-statements-filelistonly-transact-sql)
*/
RESTORE FILELISTONLY FROM DISK = @path;
