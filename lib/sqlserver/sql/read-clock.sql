/*
Purpose: the server's clock in UTC.
Permission: public.
Versions: 2008 R2 to 2025.
Source: SYSUTCDATETIME (https://learn.microsoft.com/sql/t-sql/functions/sysutcdatetime-transact-sql)
*/
SELECT CONVERT(varchar(27), SYSUTCDATETIME(), 126) AS utc_time;
