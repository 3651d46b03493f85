import type { FactReader } from "./fact-reader";
import type { StatementName } from "./load-statement";
import { readSourceInventory } from "./read-source-inventory";
import { flagField, numberField, textField } from "./row-fields";
import type { Row } from "./run-statement";
import type { BackupOwner, DatabaseFacts, Maintenance, SourceFacts, SourceRights } from "./source-facts";
import { chooseStatement } from "./statement-versions";

const MB = 1024 * 1024;
const NEVER = "1900-01-01";

/** The preflight's questions, each in the words that the server's version understands. */
export function readSourceFacts({ read, version, quoteExisting }: FactReader): SourceFacts {
  const inDatabase = async (name: StatementName, database: string): Promise<Row[]> =>
    read(name, {}, { database: await quoteExisting(database) });

  return {
    async database(name) {
      const [row] = await read("read-database-facts", { db: name });
      return row ? toDatabaseFacts(row) : null;
    },

    async availability(name) {
      if (chooseStatement(await version(), ["read-availability"]) === null) return null;
      const [row] = await read("read-availability", { db: name });
      if (!row) return null;
      return { group: textField(row, "group_name") ?? "", role: textField(row, "role_desc") ?? "UNKNOWN" };
    },

    async encryption(name) {
      const [row] = await read("read-encryption", { db: name });
      if (!row) return null;
      return {
        state: numberField(row, "encryption_state") ?? 0,
        percent: numberField(row, "percent_complete") ?? 0,
        algorithm: textField(row, "key_algorithm") ?? "",
        certificate: textField(row, "certificate_name"),
        thumbprint: textField(row, "thumbprint"),
      };
    },

    editionFeatures: async (name) =>
      (await inDatabase("list-edition-features", name)).map((row) => textField(row, "feature_name") ?? ""),

    async storage(name) {
      const [row = {}] = await inDatabase("read-storage-features", name);
      return {
        filestreamGroups: numberField(row, "filestream_groups") ?? 0,
        memoryGroups: numberField(row, "memory_groups") ?? 0,
        fileTables: numberField(row, "file_tables") ?? 0,
        filesNotOnline: numberField(row, "files_not_online") ?? 0,
        usedBytes: numberField(row, "used_bytes"),
      };
    },

    async lastCheck(name) {
      if (chooseStatement(await version(), ["read-last-check"]) !== null) {
        const [row = {}] = await read("read-last-check", { db: name });
        return checkTime(textField(row, "checked_local"));
      }
      const rows = await inDatabase("read-last-check-dbinfo", name);
      const values = rows
        .filter((row) => textField(row, "Field") === "dbi_dbccLastKnownGood")
        .map((row) => (textField(row, "VALUE") ?? "").replace(" ", "T"));
      return checkTime(values.sort().at(-1) ?? null);
    },

    inventory: (name) => readSourceInventory({ read, quoteExisting }, name),

    backupJobs: async () =>
      (await read("list-backup-jobs")).map((row) => ({
        job: textField(row, "job_name") ?? "",
        step: textField(row, "step_name") ?? "",
        database: textField(row, "database_name"),
        command: textField(row, "command") ?? "",
      })),

    backupOwners: async ({ database, days }) =>
      (await read("list-backup-owners", { db: database, days })).map(toBackupOwner),

    async encryptedBackups({ database, days }) {
      if (chooseStatement(await version(), ["count-encrypted-backups"]) === null) return null;
      const [row = {}] = await read("count-encrypted-backups", { db: database, days });
      return numberField(row, "encrypted_count");
    },

    maintenance: async (name) => (await read("list-maintenance", { db: name })).map(toMaintenance),

    async drives() {
      const rows = await read("list-drives");
      return new Map(
        rows.map((row) => [
          (textField(row, "drive") ?? "").trim().toUpperCase(),
          (numberField(row, "MB free") ?? 0) * MB,
        ]),
      );
    },

    async rights(name) {
      const [row = {}] = await read("check-rights", { db: name });
      return toRights(row);
    },

    async logRate(name) {
      const [row = {}] = await read("read-log-rate", { db: name });
      const written = numberField(row, "written_bytes");
      const upSeconds = numberField(row, "up_seconds") ?? 0;
      const bytesPerMinute = written === null || upSeconds <= 0 ? null : (written / upSeconds) * 60;
      return { bytesPerMinute, upSeconds };
    },

    async logPeak({ database, days }) {
      const [row] = await read("read-log-peak", { db: database, days });
      if (!row) return null;
      return { hourLocal: textField(row, "hour_local") ?? "", bytes: numberField(row, "hour_bytes") ?? 0 };
    },

    async utcTime() {
      const [row = {}] = await read("read-clock");
      // Seven digits of a second; a JavaScript instant has three.
      return `${(textField(row, "utc_time") ?? "").slice(0, 23)}Z`;
    },

    async createFolder(path) {
      await read("create-folder", { path });
    },
  };
}

function checkTime(text: string | null): string | null {
  return text === null || text === "" || text.startsWith(NEVER) ? null : text;
}

function toDatabaseFacts(row: Row): DatabaseFacts {
  return {
    name: textField(row, "name") ?? "",
    state: textField(row, "state_desc") ?? "UNKNOWN",
    readOnly: flagField(row, "is_read_only"),
    inStandby: flagField(row, "is_in_standby"),
    snapshotOf: textField(row, "snapshot_of"),
    pageVerify: textField(row, "page_verify") ?? "",
    logReuseWait: textField(row, "log_reuse_wait") ?? "",
    changeDataCapture: flagField(row, "is_cdc_enabled"),
    published: flagField(row, "is_published") || flagField(row, "is_merge_published"),
    distributor: flagField(row, "is_distributor"),
    mirroringRole: textField(row, "mirroring_role"),
    lastLogBackupLsn: textField(row, "last_log_backup_lsn"),
    forkGuid: textField(row, "fork_guid"),
    dataBytes: numberField(row, "data_bytes"),
    logBytes: numberField(row, "log_bytes"),
    largestFileBytes: numberField(row, "largest_file_bytes"),
    filestreamFiles: numberField(row, "filestream_files") ?? 0,
  };
}

function toBackupOwner(row: Row): BackupOwner {
  return {
    type: (textField(row, "backup_type") ?? "").trim(),
    copyOnly: flagField(row, "is_copy_only"),
    snapshot: flagField(row, "is_snapshot"),
    user: textField(row, "user_name"),
    software: textField(row, "software_name"),
    deviceType: numberField(row, "device_type") ?? 0,
    count: numberField(row, "backup_count") ?? 0,
    lastLocal: textField(row, "last_local") ?? "",
    device: textField(row, "sample_device"),
  };
}

function toMaintenance(row: Row): Maintenance {
  return {
    sessionId: numberField(row, "session_id") ?? 0,
    command: textField(row, "command") ?? "",
    percent: numberField(row, "percent_complete") ?? 0,
    remainingMs: numberField(row, "remaining_ms"),
    startedLocal: textField(row, "started_local") ?? "",
    login: textField(row, "login_name") ?? "",
    host: textField(row, "host_name"),
    program: textField(row, "program_name"),
  };
}

function toRights(row: Row): SourceRights {
  const right = (name: string): boolean | null => {
    const value = numberField(row, name);
    return value === null ? null : value === 1;
  };
  return {
    login: textField(row, "login_name") ?? "",
    sysadmin: right("is_sysadmin") === true,
    viewServerState: right("view_server_state"),
    viewAnyDefinition: right("view_any_definition"),
    createAnyDatabase: right("create_any_database"),
    backupDatabase: right("backup_database"),
    backupLog: right("backup_log"),
    alterDatabase: right("alter_database"),
    controlDatabase: right("control_database"),
    viewDatabaseState: right("view_database_state"),
    selectBackupset: right("select_backupset"),
    selectJobs: right("select_jobs"),
  };
}
