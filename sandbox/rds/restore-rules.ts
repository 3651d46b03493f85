import type { BackupType } from "@/lib/backup/backup-kind";
import type { BackupSet } from "@/lib/backup/header";

/** A database WITH NORECOVERY, or none yet (null): what decides which backup set can be restored next. */
export interface RestoreTarget {
  databaseName: string;
  familyGuid: string | null;
  /** Roll forward goes on here: the last LSN of what was restored last. */
  redoLsn: bigint;
  forkGuid: string | null;
  /** The full backup it began with: differentials name it as their base. */
  fullGuid: string | null;
  fullCheckpointLsn: bigint | null;
  /** Opened WITH RECOVERY: nothing more can be restored. */
  recovered: boolean;
}

export type RestoreOutcome =
  | { ok: true; target: RestoreTarget }
  | { ok: false; number: number; message: string };

/** Internal database versions that SQL Server releases create, by `major` or `major.minor`. */
const DATABASE_VERSIONS: Record<string, number> = {
  "9": 611,
  "10": 655,
  "10.50": 661,
  "11": 706,
  "12": 782,
  "13": 852,
  "14": 869,
  "15": 904,
  "16": 957,
  "17": 998,
};

const STATEMENTS: Record<BackupType, string> = {
  full: "RESTORE DATABASE",
  differential: "RESTORE DATABASE",
  log: "RESTORE LOG",
  file: "RESTORE DATABASE",
  file_differential: "RESTORE DATABASE",
  partial: "RESTORE DATABASE",
  partial_differential: "RESTORE DATABASE",
};

/** The statement that restores a set of this type, as error 3013 names it. */
export function restoreStatement(type: BackupType): string {
  return STATEMENTS[type];
}

/** The internal version of the database in a set; from the server's version when the header lacks it. */
export function databaseVersionOf(set: BackupSet): number | null {
  if (set.databaseVersion !== null) return set.databaseVersion;
  const [major = "", minor = ""] = (set.softwareVersion ?? "").split(".");
  return DATABASE_VERSIONS[`${major}.${minor}`] ?? DATABASE_VERSIONS[major] ?? null;
}

function refuse(number: number, message: string): RestoreOutcome {
  return { ok: false, number, message };
}

const INCORRECT_STATE =
  "This differential backup cannot be restored because the database has not been restored to the correct earlier state.";
const BEYOND =
  "This backup set will not be restored because all data has already been restored to a point beyond the time covered by this backup set.";
const NOT_ROLLING_FORWARD =
  "The log or differential backup cannot be restored because no files are ready to rollforward.";
const OTHER_PATH =
  "This backup set cannot be applied because it is on a recovery path that is inconsistent with the database.";

function isDifferent<T>(left: T | null, right: T | null): boolean {
  return left !== null && right !== null && left !== right;
}

function restoreFull(set: BackupSet): RestoreOutcome {
  if (set.lastLsn === null) return refuse(3241, incorrectlyFormed());
  // The differential base of the database is the full before a copy-only one, which is not what was restored.
  const isBase = set.copyOnly !== true;
  return {
    ok: true,
    target: {
      databaseName: set.databaseName ?? "",
      familyGuid: set.familyGuid,
      redoLsn: set.lastLsn,
      forkGuid: set.lastRecoveryForkGuid,
      fullGuid: isBase ? set.backupSetGuid : null,
      fullCheckpointLsn: isBase ? set.checkpointLsn : null,
      recovered: false,
    },
  };
}

function incorrectlyFormed(): string {
  return "The media family on device is incorrectly formed. SQL Server cannot process this media family.";
}

/** The set's own base, as GUID when both sides have one, else as LSN: the base's checkpoint. */
function hasBase(target: RestoreTarget, set: BackupSet): boolean {
  const baseGuid = set.differentialBaseGuid ?? set.baseBackupSetGuid;
  if (baseGuid !== null && target.fullGuid !== null) return baseGuid === target.fullGuid;
  return set.differentialBaseLsn !== null && set.differentialBaseLsn === target.fullCheckpointLsn;
}

function restoreDifferential(target: RestoreTarget, set: BackupSet): RestoreOutcome {
  if (set.lastLsn === null) return refuse(3241, incorrectlyFormed());
  if (!hasBase(target, set)) return refuse(3136, INCORRECT_STATE);
  if (set.lastLsn <= target.redoLsn) return refuse(3120, BEYOND);
  // On another fork it still fits where that fork began no earlier than the target has got.
  const beganAtLsn = set.forkPointLsn ?? 0n;
  if (isDifferent(set.lastRecoveryForkGuid, target.forkGuid) && target.redoLsn > beganAtLsn) {
    return refuse(4330, OTHER_PATH);
  }
  return {
    ok: true,
    target: { ...target, redoLsn: set.lastLsn, forkGuid: set.lastRecoveryForkGuid ?? target.forkGuid },
  };
}

function restoreLog(target: RestoreTarget, set: BackupSet): RestoreOutcome {
  const { redoLsn } = target;
  if (set.firstLsn === null || set.lastLsn === null) return refuse(3241, incorrectlyFormed());
  const isEmpty = set.firstLsn === set.lastLsn;
  if (set.lastLsn < redoLsn || (set.lastLsn === redoLsn && !isEmpty)) {
    return refuse(
      4326,
      `The log in this backup set terminates at LSN ${set.lastLsn}, which is too early to apply to the database. A more recent log backup that includes LSN ${redoLsn} can be restored.`,
    );
  }
  if (set.firstLsn > redoLsn) {
    return refuse(
      4305,
      `The log in this backup set begins at LSN ${set.firstLsn}, which is too recent to apply to the database. An earlier log backup that includes LSN ${redoLsn} can be restored.`,
    );
  }
  if (isDifferent(set.firstRecoveryForkGuid, target.forkGuid)) return refuse(4330, OTHER_PATH);
  // The history of a log that crosses into another fork has nothing of its first fork behind the fork point.
  const crosses = isDifferent(set.firstRecoveryForkGuid, set.lastRecoveryForkGuid);
  if (crosses && set.forkPointLsn !== null && redoLsn > set.forkPointLsn) return refuse(4330, OTHER_PATH);
  return {
    ok: true,
    target: { ...target, redoLsn: set.lastLsn, forkGuid: set.lastRecoveryForkGuid ?? target.forkGuid },
  };
}

/**
 * What SQL Server does with `RESTORE … WITH NORECOVERY` of this set: the target afterwards, or the error that comes
 * before 3013. `databaseVersion` is the highest internal version the server opens, `families` how many members of a striped
 * set the statement names (RDS: always one). The inequalities are those of
 * "Apply Transaction Log Backups" and of the error texts: a log fits iff `first <= redo < last`.
 */
export function applyBackupSet(
  target: RestoreTarget | null,
  set: BackupSet,
  server: { databaseVersion: number; families?: number },
): RestoreOutcome {
  const { databaseVersion, families = 1 } = server;
  const version = databaseVersionOf(set);
  if (version !== null && version > databaseVersion) {
    return refuse(
      3169,
      `The database was backed up on a server running database version ${version}. That version is incompatible with this server, which supports version ${databaseVersion}. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.`,
    );
  }
  if (set.family.count > families) {
    return refuse(
      3132,
      `The media set has ${set.family.count} media families but only ${families} are provided. All members must be provided.`,
    );
  }
  if (set.damaged === true) {
    return refuse(
      3182,
      "The backup set cannot be restored because the database was damaged when the backup occurred.",
    );
  }
  if (target === null) {
    if (set.type === "full") return restoreFull(set);
    return refuse(
      3118,
      `The database "${set.databaseName ?? ""}" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.`,
    );
  }
  if (target.recovered) return refuse(3117, NOT_ROLLING_FORWARD);
  if (isDifferent(set.familyGuid, target.familyGuid)) {
    return refuse(
      3154,
      `The backup set holds a backup of a database other than the existing '${target.databaseName}' database.`,
    );
  }
  if (set.type === "log") return restoreLog(target, set);
  if (set.type === "differential") return restoreDifferential(target, set);
  return refuse(3117, NOT_ROLLING_FORWARD);
}
