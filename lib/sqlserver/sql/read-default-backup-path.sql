/*
Purpose: the default backup folder where SERVERPROPERTY does not know it yet.
Permission: EXECUTE on xp_instance_regread (public has it by default on most servers).
Versions: 2008 R2 to 2017, on Windows.
Source: the value SQL Server Setup writes; SERVERPROPERTY('InstanceDefaultBackupPath') replaces it from 2019.
*/
DECLARE @folder nvarchar(4000);
EXEC master.dbo.xp_instance_regread N'HKEY_LOCAL_MACHINE', N'SOFTWARE\Microsoft\MSSQLServer\MSSQLServer', N'BackupDirectory', @folder OUTPUT;
SELECT @folder AS default_backup_path;
