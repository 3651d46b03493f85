import type { BackupReading, BackupSet } from "@/lib/backup/header";
import type { ViewRow } from "../catalog/define-view";
import { stableGuid } from "../catalog/stable-guid";
import { SERVER } from "../model/server-identity";

type Reading = Extract<BackupReading, { ok: true }>;

/** RESTORE HEADERONLY of SQL Server 2019. */
export const HEADER = `BackupName nvarchar(128), BackupDescription nvarchar(255), BackupType smallint, ExpirationDate datetime, Compressed bit,
  Position smallint, DeviceType tinyint, UserName nvarchar(128), ServerName nvarchar(128), DatabaseName nvarchar(128),
  DatabaseVersion int, DatabaseCreationDate datetime, BackupSize numeric(20,0), FirstLSN numeric(25,0), LastLSN numeric(25,0),
  CheckpointLSN numeric(25,0), DatabaseBackupLSN numeric(25,0), BackupStartDate datetime, BackupFinishDate datetime,
  SortOrder smallint, CodePage smallint, UnicodeLocaleId int, UnicodeComparisonStyle int, CompatibilityLevel tinyint,
  SoftwareVendorId int, SoftwareVersionMajor int, SoftwareVersionMinor int, SoftwareVersionBuild int, MachineName nvarchar(128),
  Flags int, BindingID uniqueidentifier, RecoveryForkID uniqueidentifier, Collation nvarchar(128), FamilyGUID uniqueidentifier,
  HasBulkLoggedData bit, IsSnapshot bit, IsReadOnly bit, IsSingleUser bit, HasBackupChecksums bit, IsDamaged bit,
  BeginsLogChain bit, HasIncompleteMetaData bit, IsForceOffline bit, IsCopyOnly bit, FirstRecoveryForkID uniqueidentifier,
  ForkPointLSN numeric(25,0), RecoveryModel nvarchar(60), DifferentialBaseLSN numeric(25,0), DifferentialBaseGUID uniqueidentifier,
  BackupTypeDescription nvarchar(60), BackupSetGUID uniqueidentifier, CompressedBackupSize bigint, containment tinyint,
  KeyAlgorithm nvarchar(32), EncryptorThumbprint varbinary(20), EncryptorType nvarchar(32)`;

/** RESTORE FILELISTONLY of SQL Server 2019. */
export const FILE_LIST = `LogicalName nvarchar(128), PhysicalName nvarchar(260), Type char(1), FileGroupName nvarchar(128), Size numeric(20,0),
  MaxSize numeric(20,0), FileId bigint, CreateLSN numeric(25,0), DropLSN numeric(25,0), UniqueId uniqueidentifier,
  ReadOnlyLSN numeric(25,0), ReadWriteLSN numeric(25,0), BackupSizeInBytes bigint, SourceBlockSize int, FileGroupId int,
  LogGroupGUID uniqueidentifier, DifferentialBaseLSN numeric(25,0), DifferentialBaseGUID uniqueidentifier, IsReadOnly bit,
  IsPresent bit, TDEThumbprint varbinary(32), SnapshotUrl nvarchar(360)`;

export const LABEL = `MediaName nvarchar(128), MediaSetId uniqueidentifier, FamilyCount int, FamilySequenceNumber int,
  MediaFamilyId uniqueidentifier, MediaSequenceNumber int, MediaLabelPresent tinyint, MediaDescription nvarchar(255),
  SoftwareName nvarchar(128), SoftwareVendorId int, MediaDate datetime, Mirror_Count int, IsCompressed bit`;

const TYPE_NUMBERS: Record<BackupSet["type"], [number, string]> = {
  full: [1, "Database"],
  log: [2, "Transaction Log"],
  file: [4, "File"],
  differential: [5, "Database Differential"],
  file_differential: [6, "File Differential"],
  partial: [7, "Partial"],
  partial_differential: [8, "Partial Differential"],
};

function dateOf(text: string | null): number | null {
  return text === null ? null : Date.parse(`${text}Z`);
}

export function headerRows(reading: Reading): ViewRow[] {
  return reading.sets.map((set, i) => {
    const [type, description] = TYPE_NUMBERS[set.type];
    const [major = 0, minor = 0, build = 0] = (set.softwareVersion ?? "0.0.0").split(".").map(Number);
    const incomplete = !reading.complete && i === reading.sets.length - 1;
    return {
      BackupName: incomplete ? "*** INCOMPLETE ***" : set.backupName,
      BackupDescription: set.backupDescription,
      BackupType: type,
      Compressed: set.compressed,
      Position: set.position,
      DeviceType: 2,
      UserName: set.userName,
      ServerName: set.serverName,
      DatabaseName: set.databaseName,
      DatabaseVersion: set.databaseVersion,
      DatabaseCreationDate: dateOf(set.databaseCreatedAt),
      BackupSize: set.backupSizeBytes,
      FirstLSN: set.firstLsn,
      LastLSN: set.lastLsn,
      CheckpointLSN: set.checkpointLsn,
      DatabaseBackupLSN: set.databaseBackupLsn,
      BackupStartDate: dateOf(set.startedAt),
      BackupFinishDate: dateOf(set.finishedAt),
      SortOrder: 52,
      CodePage: 0,
      UnicodeLocaleId: 1033,
      UnicodeComparisonStyle: 196609,
      CompatibilityLevel: set.compatibilityLevel,
      SoftwareVendorId: 4608,
      SoftwareVersionMajor: major,
      SoftwareVersionMinor: minor,
      SoftwareVersionBuild: build,
      MachineName: set.machineName,
      Flags: 512,
      BindingID: set.bindingId,
      RecoveryForkID: set.lastRecoveryForkGuid,
      Collation: SERVER.collation,
      FamilyGUID: set.familyGuid,
      HasBulkLoggedData: set.bulkLogged ?? false,
      IsSnapshot: false,
      IsReadOnly: false,
      IsSingleUser: false,
      HasBackupChecksums: set.hasChecksums,
      IsDamaged: set.damaged,
      BeginsLogChain: false,
      HasIncompleteMetaData: false,
      IsForceOffline: set.tail,
      IsCopyOnly: set.copyOnly,
      FirstRecoveryForkID: set.firstRecoveryForkGuid,
      ForkPointLSN: set.firstRecoveryForkGuid === set.lastRecoveryForkGuid ? null : set.forkPointLsn,
      RecoveryModel: set.recoveryModel?.toUpperCase().replace("_", "-") ?? null,
      DifferentialBaseLSN: set.differentialBaseLsn,
      DifferentialBaseGUID: set.differentialBaseGuid,
      BackupTypeDescription: description,
      BackupSetGUID: set.backupSetGuid,
      CompressedBackupSize: set.compressedSizeBytes,
      containment: 0,
    };
  });
}

export function fileListRows(reading: Reading, position: string | number | null): ViewRow[] {
  const set = reading.sets.find((s) => s.position === Number(position ?? 1)) ?? reading.sets[0];
  return (set?.files ?? []).map((file) => ({
    LogicalName: file.logicalName,
    PhysicalName: file.physicalName,
    Type: file.type === "log" ? "L" : file.type === "data" ? "D" : "S",
    FileGroupName: file.type === "data" ? "PRIMARY" : null,
    Size: file.sizeBytes,
    MaxSize: 35_184_372_080_640,
    FileId: file.fileId,
    CreateLSN: 0,
    DropLSN: 0,
    UniqueId: stableGuid(`${set?.databaseName ?? ""}/${file.type === "log"}`),
    ReadOnlyLSN: 0,
    ReadWriteLSN: 0,
    BackupSizeInBytes: file.type === "data" ? set?.backupSizeBytes : 0,
    SourceBlockSize: 4096,
    FileGroupId: file.type === "data" ? 1 : 0,
    DifferentialBaseLSN: set?.differentialBaseLsn,
    DifferentialBaseGUID: set?.differentialBaseGuid,
    IsReadOnly: false,
    IsPresent: true,
  }));
}

export function labelRows(reading: Reading): ViewRow[] {
  const [set] = reading.sets;
  return [
    {
      MediaSetId: set?.mediaSetGuid,
      FamilyCount: set?.family.count ?? 1,
      FamilySequenceNumber: set?.family.sequence ?? 1,
      MediaFamilyId: set?.mediaSetGuid,
      MediaSequenceNumber: 1,
      MediaLabelPresent: 0,
      SoftwareName: "Microsoft SQL Server",
      SoftwareVendorId: 4608,
      MediaDate: dateOf(set?.startedAt ?? null),
      Mirror_Count: 1,
      IsCompressed: set?.compressed,
    },
  ];
}
