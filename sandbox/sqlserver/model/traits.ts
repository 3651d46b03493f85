/**
 * What a DBA may meet in the field, switched on for one database. Everything is absent by default; TDE, CDC, recovery
 * model, state, access and read-only are fields of the database itself.
 */
export interface DatabaseTraits {
  /** feature_name of sys.dm_db_persisted_sku_features, besides those that TDE and CDC bring. */
  editionFeatures?: readonly string[];
  /** A FILESTREAM filegroup, and tables in it that are FileTables. */
  filestream?: boolean;
  fileTables?: number;
  memoryOptimized?: boolean;
  published?: boolean;
  distributor?: boolean;
  availabilityRole?: "PRIMARY" | "SECONDARY";
  mirroringRole?: "PRINCIPAL" | "MIRROR";
  pageVerify?: "NONE" | "TORN_PAGE_DETECTION";
  logReuseWait?: string;
  /** Bytes of the data file instead of the profile's. */
  dataBytes?: number;
  /** Log written in a minute since the server's start, as the file counters say. */
  logBytesPerMinute?: number;
  inStandby?: boolean;
  /** It is a database snapshot of this one. */
  snapshotOf?: string;
  isSuspect?: boolean;
  /** Errors that DBCC CHECKDB finds. */
  consistencyErrors?: number;
  /** A backup or restore by somebody else runs now. */
  running?: { command: string; login: string; program: string; percent: number };
}

/** The same for the whole server. */
export interface ServerTraits {
  productVersion?: string;
  edition?: string;
  /** Of the server and so of its system databases: `Latin1_General_CS_AS`, `Turkish_CI_AS`. */
  collation?: string;
  engineEdition?: number;
  /** How far its clock is ahead of the machine's. */
  clockOffsetSeconds?: number;
  /** Rights that the login lacks, as HAS_PERMS_BY_NAME names them, with an object's name: `SELECT backupset`. */
  denied?: readonly string[];
  /** Megabytes free on a drive letter. */
  freeMegabytes?: Readonly<Record<string, number>>;
  /** Agent jobs besides its own. */
  jobs?: readonly { name: string; command: string; database: string }[];
}

/** The rights that statements about an object need; null: none. */
export function deniedRight(traits: ServerTraits | undefined, object: string): string | null {
  const denied = traits?.denied ?? [];
  if (denied.includes("VIEW SERVER STATE") && /^sys\.dm_(exec|os|io|tran|database_enc|db_log)/.test(object)) {
    return "VIEW SERVER STATE";
  }
  const table = object.split(".").at(-1) ?? "";
  return denied.find((right) => right === `SELECT ${table}` || right === `EXECUTE ${table}`) ?? null;
}
