/*
  A login with the least rights that Chainferry needs on a source server.

  Before you run it (as a member of sysadmin):
    1. Replace the password.
    2. Replace SourceDb by the database to migrate; repeat part 3 for each further database.
  It can be run again: whatever is there already stays as it is.
*/

-- 1. The login, and what it may see of the server -----------------------------------------------------------
USE [master];
IF SUSER_ID(N'chainferry') IS NULL
  CREATE LOGIN [chainferry] WITH PASSWORD = N'<a strong password>', CHECK_POLICY = ON, DEFAULT_DATABASE = [master];
GRANT VIEW SERVER STATE   TO [chainferry];   -- progress of backups, sessions, log growth
GRANT VIEW ANY DATABASE   TO [chainferry];   -- the list of databases
GRANT VIEW ANY DEFINITION TO [chainferry];   -- sizes of their files

-- 2. The backup folder: does it exist, what is in it --------------------------------------------------------
IF USER_ID(N'chainferry') IS NULL CREATE USER [chainferry] FOR LOGIN [chainferry];
GRANT EXECUTE ON xp_create_subdir     TO [chainferry];
GRANT EXECUTE ON xp_fileexist         TO [chainferry];
GRANT EXECUTE ON xp_dirtree           TO [chainferry];
GRANT EXECUTE ON xp_instance_regread  TO [chainferry];
GO

-- 3. The database to migrate: take its backups, look at its state -------------------------------------------
USE [SourceDb];
IF USER_ID(N'chainferry') IS NULL CREATE USER [chainferry] FOR LOGIN [chainferry];
EXEC sp_addrolemember N'db_backupoperator', N'chainferry';
GRANT VIEW DATABASE STATE TO [chainferry];
GRANT VIEW DEFINITION     TO [chainferry];
GO

-- 4. msdb: which backups were taken, by whom, and which jobs would take more ---------------------------------
USE [msdb];
IF USER_ID(N'chainferry') IS NULL CREATE USER [chainferry] FOR LOGIN [chainferry];
GRANT SELECT ON dbo.backupset         TO [chainferry];
GRANT SELECT ON dbo.backupmediaset    TO [chainferry];
GRANT SELECT ON dbo.backupmediafamily TO [chainferry];
GRANT SELECT ON dbo.backupfile        TO [chainferry];
GRANT SELECT ON dbo.restorehistory    TO [chainferry];
GRANT SELECT ON dbo.sysjobs           TO [chainferry];
GRANT SELECT ON dbo.sysjobsteps       TO [chainferry];
GRANT SELECT ON dbo.sysjobschedules   TO [chainferry];
GRANT SELECT ON dbo.sysjobactivity    TO [chainferry];
GRANT SELECT ON dbo.log_shipping_primary_databases TO [chainferry];
GO

/*
-- 5. More rights, each only while its phase lasts. Run the lines you need, and take them back afterwards.

-- 5a. Change the database's state: recovery model FULL, RESTRICTED_USER at the cutover.
USE [SourceDb];
GRANT ALTER TO [chainferry];

-- 5b. DBCC CHECKDB on the source before the first backup.
USE [SourceDb];
EXEC sp_addrolemember N'db_owner', N'chainferry';

-- 5c. Go back after the tail backup: RESTORE DATABASE … WITH RECOVERY on the source.
--     SQL Server 2012 or later: ALTER SERVER ROLE dbcreator ADD MEMBER [chainferry].
EXEC sp_addsrvrolemember N'chainferry', N'dbcreator';
*/
