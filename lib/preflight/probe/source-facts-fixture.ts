import type { DatabaseFacts, SourceFacts, SourceRights } from "@/lib/sqlserver/source-facts";

const FACTS: DatabaseFacts = {
  name: "Shop",
  state: "ONLINE",
  readOnly: false,
  inStandby: false,
  snapshotOf: null,
  pageVerify: "CHECKSUM",
  logReuseWait: "LOG_BACKUP",
  changeDataCapture: false,
  published: false,
  distributor: false,
  mirroringRole: null,
  lastLogBackupLsn: "42000000012300001",
  forkGuid: "6B1D9C2E-0000-4000-8000-000000000001",
  dataBytes: 40 * 2 ** 20,
  logBytes: 2 ** 20,
  largestFileBytes: 40 * 2 ** 20,
  filestreamFiles: 0,
};

const RIGHTS: SourceRights = {
  login: "mig",
  sysadmin: false,
  viewServerState: true,
  viewAnyDefinition: true,
  createAnyDatabase: true,
  backupDatabase: true,
  backupLog: true,
  alterDatabase: true,
  controlDatabase: true,
  viewDatabaseState: true,
  selectBackupset: true,
  selectJobs: true,
};

/** A source without any trouble; `change` answers some questions otherwise. */
export function healthyFacts(now: () => Date, change: Partial<SourceFacts> = {}): SourceFacts {
  return {
    database: async () => FACTS,
    availability: async () => null,
    encryption: async () => null,
    editionFeatures: async () => [],
    storage: async () => ({
      filestreamGroups: 0,
      memoryGroups: 0,
      fileTables: 0,
      filesNotOnline: 0,
      usedBytes: 30 * 2 ** 20,
    }),
    lastCheck: async () => new Date(now().getTime() - 86_400_000).toISOString().slice(0, 23),
    backupJobs: async () => [],
    backupOwners: async () => [],
    encryptedBackups: async () => 0,
    maintenance: async () => [],
    drives: async () => new Map([["D", 2 ** 40]]),
    rights: async () => RIGHTS,
    logRate: async () => ({ bytesPerMinute: 100_000, upSeconds: 86_400 }),
    logPeak: async () => null,
    inventory: async () => ({
      users: [],
      jobs: [],
      linkedServers: [],
      settings: [],
      compatibilityLevel: 150,
      owner: null,
    }),
    utcTime: async () => now().toISOString(),
    createFolder: async () => undefined,
    ...change,
  };
}
