/*
Purpose: owner and compatibility level of a database.
Permission: public.
Versions: 2008 R2 to 2025.
Source: sys.databases (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql)
*/
SELECT SUSER_SNAME(owner_sid) AS owner_name, CONVERT(int, compatibility_level) AS compatibility_level FROM sys.databases WHERE name = @db;
