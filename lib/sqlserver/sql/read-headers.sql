/*
Purpose: the backup sets of a file as this server reads them, LSNs as text: numeric(25,0) does not fit a JavaScript number.
         RESTORE cannot be selected from, so it goes through a table that grows with the server's version.
Permission: CREATE DATABASE.
Versions: 2008 R2 to 2025 (@major 10 to 17, @build as in ProductVersion).
Source: RESTORE HEADERONLY (https://learn.microsoft.com/sql/t-sql/statements/restore-statements-headeronly-transact-sql)
*/
SET NOCOUNT ON;
CREATE TABLE #header (
  BackupName nvarchar(128) NULL, BackupDescription nvarchar(255) NULL, BackupType smallint NULL, ExpirationDate datetime NULL,
  Compressed bit NULL, Position smallint NULL, DeviceType tinyint NULL, UserName nvarchar(128) NULL, ServerName nvarchar(128) NULL,
  DatabaseName nvarchar(128) NULL, DatabaseVersion int NULL, DatabaseCreationDate datetime NULL, BackupSize numeric(20,0) NULL,
  FirstLSN numeric(25,0) NULL, LastLSN numeric(25,0) NULL, CheckpointLSN numeric(25,0) NULL, DatabaseBackupLSN numeric(25,0) NULL,
  BackupStartDate datetime NULL, BackupFinishDate datetime NULL, SortOrder smallint NULL, CodePage smallint NULL,
  UnicodeLocaleId int NULL, UnicodeComparisonStyle int NULL, CompatibilityLevel tinyint NULL, SoftwareVendorId int NULL,
  SoftwareVersionMajor int NULL, SoftwareVersionMinor int NULL, SoftwareVersionBuild int NULL, MachineName nvarchar(128) NULL,
  Flags int NULL, BindingID uniqueidentifier NULL, RecoveryForkID uniqueidentifier NULL, Collation nvarchar(128) NULL,
  FamilyGUID uniqueidentifier NULL, HasBulkLoggedData bit NULL, IsSnapshot bit NULL, IsReadOnly bit NULL, IsSingleUser bit NULL,
  HasBackupChecksums bit NULL, IsDamaged bit NULL, BeginsLogChain bit NULL, HasIncompleteMetaData bit NULL, IsForceOffline bit NULL,
  IsCopyOnly bit NULL, FirstRecoveryForkID uniqueidentifier NULL, ForkPointLSN numeric(25,0) NULL, RecoveryModel nvarchar(60) NULL,
  DifferentialBaseLSN numeric(25,0) NULL, DifferentialBaseGUID uniqueidentifier NULL, BackupTypeDescription nvarchar(60) NULL,
  BackupSetGUID uniqueidentifier NULL, CompressedBackupSize bigint NULL);
IF @major >= 11 ALTER TABLE #header ADD Containment tinyint NULL;
IF @major >= 13 OR (@major = 12 AND @build >= 2342) ALTER TABLE #header ADD KeyAlgorithm nvarchar(32) NULL, EncryptorThumbprint varbinary(20) NULL, EncryptorType nvarchar(32) NULL;
IF @major >= 16 ALTER TABLE #header ADD LastValidRestoreTime datetime NULL, TimeZone nvarchar(32) NULL, CompressionAlgorithm nvarchar(32) NULL;
INSERT INTO #header EXEC sys.sp_executesql N'RESTORE HEADERONLY FROM DISK = @path', N'@path nvarchar(512)', @path;
SELECT h.BackupName AS set_name,
       h.BackupDescription AS set_description,
       h.BackupType AS type_number,
       h.Position AS position,
       h.UserName AS user_name,
       h.ServerName AS server_name,
       h.MachineName AS machine_name,
       h.DatabaseName AS database_name,
       h.DatabaseVersion AS database_version,
       CONVERT(varchar(23), h.DatabaseCreationDate, 126) AS created_local,
       h.SoftwareVersionMajor AS major_version,
       h.SoftwareVersionMinor AS minor_version,
       h.SoftwareVersionBuild AS build_version,
       CONVERT(int, h.CompatibilityLevel) AS compatibility_level,
       h.Flags AS flags,
       CONVERT(varchar(23), h.BackupStartDate, 126) AS started_local,
       CONVERT(varchar(23), h.BackupFinishDate, 126) AS finished_local,
       CONVERT(varchar(25), h.FirstLSN) AS first_lsn,
       CONVERT(varchar(25), h.LastLSN) AS last_lsn,
       CONVERT(varchar(25), h.CheckpointLSN) AS checkpoint_lsn,
       CONVERT(varchar(25), h.DatabaseBackupLSN) AS database_backup_lsn,
       CONVERT(varchar(25), h.DifferentialBaseLSN) AS differential_base_lsn,
       CONVERT(varchar(36), h.DifferentialBaseGUID) AS differential_base_guid,
       CONVERT(varchar(36), h.BackupSetGUID) AS backup_set_guid,
       CONVERT(varchar(36), h.FamilyGUID) AS family_guid,
       CONVERT(varchar(36), h.BindingID) AS binding_id,
       CONVERT(varchar(36), h.FirstRecoveryForkID) AS first_fork_guid,
       CONVERT(varchar(36), h.RecoveryForkID) AS last_fork_guid,
       CONVERT(varchar(25), h.ForkPointLSN) AS fork_point_lsn,
       h.RecoveryModel AS recovery_model,
       h.Collation AS collation,
       CONVERT(varchar(20), h.BackupSize) AS backup_size,
       CONVERT(varchar(20), h.CompressedBackupSize) AS compressed_size,
       h.Compressed AS is_compressed,
       h.IsCopyOnly AS is_copy_only,
       h.HasBackupChecksums AS has_checksums,
       h.IsDamaged AS is_damaged,
       h.IsForceOffline AS is_tail,
       h.HasBulkLoggedData AS has_bulk_logged,
       h.IsSnapshot AS is_snapshot,
       h.IsReadOnly AS is_readonly,
       h.IsSingleUser AS is_single_user,
       h.HasIncompleteMetaData AS is_incomplete_metadata,
       h.BeginsLogChain AS begins_log_chain
FROM #header AS h
ORDER BY h.Position;
