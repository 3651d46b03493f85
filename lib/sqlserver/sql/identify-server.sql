/*
Purpose: who this server is, its clock and its offset from UTC. An unknown property answers NULL on every version.
Permission: public.
Versions: 2008 R2 to 2025 (ProductUpdateLevel from 2012, InstanceDefaultBackupPath from 2019).
Source: SERVERPROPERTY, SYSDATETIMEOFFSET (https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql)
*/
SELECT CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')) AS product_version,
       CONVERT(nvarchar(128), SERVERPROPERTY('ProductLevel')) AS product_level,
       CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) AS edition,
       CONVERT(int, SERVERPROPERTY('EngineEdition')) AS engine_edition,
       CONVERT(nvarchar(128), SERVERPROPERTY('ServerName')) AS server_name,
       CONVERT(nvarchar(128), SERVERPROPERTY('MachineName')) AS machine_name,
       CONVERT(nvarchar(128), SERVERPROPERTY('Collation')) AS server_collation,
       CONVERT(nvarchar(260), SERVERPROPERTY('InstanceDefaultBackupPath')) AS default_backup_path,
       CONVERT(int, IS_SRVROLEMEMBER('sysadmin')) AS is_sysadmin,
       CONVERT(varchar(23), SYSDATETIME(), 126) AS local_time,
       DATEPART(TZOFFSET, SYSDATETIMEOFFSET()) AS utc_offset_minutes,
       @@VERSION AS version_text;
