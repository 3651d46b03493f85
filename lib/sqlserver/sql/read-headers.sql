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
SELECT h.Position AS position,
       h.BackupType AS backup_type,
       CONVERT(varchar(25), h.FirstLSN) AS first_lsn,
       CONVERT(varchar(25), h.LastLSN) AS last_lsn,
       h.DatabaseName AS database_name
FROM #header AS h
ORDER BY h.Position;
