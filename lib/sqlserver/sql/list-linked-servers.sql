/*
Purpose: linked servers: they stay on their server, and RDS allows them only under its own rules.
Permission: public.
Versions: 2008 R2 to 2025.
Source: sys.servers (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-servers-transact-sql)
*/
SELECT name AS server_name, data_source AS data_source FROM sys.servers WHERE is_linked = 1;
