/*
Purpose: reads a backup file to its end and checks its checksums.
Permission: CREATE DATABASE.
Versions: 2008 R2 to 2025. A set without checksums gives error 3187.
Source: RESTORE VERIFYONLY (https://learn.microsoft.com/sql/t-sql/statements/restore-statements-verifyonly-transact-sql)
*/
RESTORE VERIFYONLY FROM DISK = @path WITH CHECKSUM;
