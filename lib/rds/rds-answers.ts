import type { RdsDatabase, RdsFile, RdsInstance, RdsInstanceDetail, RdsTask, RdsUsage } from "./rds-account";
import { parseRdsTime } from "./rds-time";
import { parseFileSize, toFileStatus, toFileType, toTaskMethod, toTaskStatus } from "./rds-words";

/** The SDK's answers, any field of which may be missing, as the product's types. */
interface InstanceAnswer {
  DBInstanceId?: string;
  DBInstanceDescription?: string;
  DBInstanceStatus?: string;
  engine?: string;
  engineVersion?: string;
  category?: string;
  regionId?: string;
  lockMode?: string;
}

interface InstanceDetailAnswer extends InstanceAnswer {
  /** GB */
  DBInstanceStorage?: number;
  DBInstanceStorageType?: string;
  DBMaxQuantity?: number;
  collation?: string;
  timeZone?: string;
  maintainTime?: string;
}

interface TaskAnswer {
  migrateTaskId?: string;
  DBName?: string;
  backupMode?: string;
  status?: string;
  createTime?: string;
  endTime?: string;
  isDBReplaced?: string;
  description?: string;
}

interface FileAnswer {
  fileName?: string;
  fileSize?: string;
  backupMode?: string;
  status?: string;
  createTime?: string;
  endTime?: string;
  description?: string;
}

const GIB = 1024 ** 3;

export function toRdsInstance(answer: InstanceAnswer): RdsInstance {
  return {
    instanceId: answer.DBInstanceId ?? "",
    description: answer.DBInstanceDescription ?? "",
    status: answer.DBInstanceStatus ?? "",
    engine: answer.engine ?? "",
    engineVersion: answer.engineVersion ?? "",
    category: answer.category ?? "",
    regionId: answer.regionId ?? "",
    lockMode: answer.lockMode ?? "",
  };
}

export function toRdsInstanceDetail(answer: InstanceDetailAnswer): RdsInstanceDetail {
  return {
    ...toRdsInstance(answer),
    storageBytes: (answer.DBInstanceStorage ?? 0) * GIB,
    storageType: answer.DBInstanceStorageType || null,
    maxDatabases: answer.DBMaxQuantity ?? null,
    collation: answer.collation || null,
    timeZone: answer.timeZone || null,
    maintainTime: answer.maintainTime || null,
  };
}

/** -1 stands for "not counted". */
export function toRdsUsage(answer: { diskUsed?: number; dataSize?: number; logSize?: number }): RdsUsage {
  const counted = (bytes: number | undefined) => (bytes === undefined || bytes < 0 ? null : bytes);
  return {
    diskUsedBytes: counted(answer.diskUsed) ?? 0,
    dataBytes: counted(answer.dataSize),
    logBytes: counted(answer.logSize),
  };
}

export function toRdsDatabase(answer: {
  DBName?: string;
  DBStatus?: string;
  characterSetName?: string;
}): RdsDatabase {
  return {
    name: answer.DBName ?? "",
    status: answer.DBStatus ?? "",
    collation: answer.characterSetName || null,
  };
}

export function toRdsTask(answer: TaskAnswer): RdsTask {
  return {
    taskId: answer.migrateTaskId ?? "",
    databaseName: answer.DBName ?? "",
    method: toTaskMethod(answer.backupMode ?? ""),
    status: toTaskStatus(answer.status ?? ""),
    providerStatus: answer.status ?? "",
    createdAt: parseRdsTime(answer.createTime),
    endedAt: parseRdsTime(answer.endTime),
    databaseReplaced: answer.isDBReplaced?.toLowerCase() === "true",
    description: answer.description ?? "",
  };
}

export function toRdsFile(answer: FileAnswer): RdsFile {
  return {
    fileName: answer.fileName ?? "",
    sizeBytes: parseFileSize(answer.fileSize),
    type: toFileType(answer.backupMode ?? ""),
    status: toFileStatus(answer.status ?? ""),
    providerStatus: answer.status ?? "",
    createdAt: parseRdsTime(answer.createTime),
    endedAt: parseRdsTime(answer.endTime),
    description: answer.description ?? "",
  };
}
