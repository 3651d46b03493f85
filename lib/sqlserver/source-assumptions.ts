import { type AnswerAssumption, compareAnswer, type Difference } from "@/lib/diagnosis/answer-assumption";
import { USER_ACCESSES } from "@/lib/diagnosis/user-access";
import { type StatementName, statementNames } from "./load-statement";

/** https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql */
const DATABASE_STATES = [
  "ONLINE",
  "RESTORING",
  "RECOVERING",
  "RECOVERY_PENDING",
  "SUSPECT",
  "EMERGENCY",
  "OFFLINE",
  "COPYING",
  "OFFLINE_SECONDARY",
];
const BACKUP_TYPES = ["D", "I", "L", "F", "G", "P", "Q"];
/** SQL Server 2008 R2 to 2025: what the statements are written for. */
const MAJOR_VERSIONS = ["10", "11", "12", "13", "14", "15", "16", "17"];

type Assumed = Omit<AnswerAssumption, "knows">;

/**
 * What `source-rows.ts` and `read-source-facts.ts` rely on, by the statement's name. Columns are as our own statements name
 * them, so only values can be other than we think; a statement that is not here may answer anything of its shape.
 */
const SOURCE_ASSUMPTIONS: Partial<Record<StatementName, Assumed>> = {
  "identify-server": {
    needs: ["productVersion", "edition", "serverName", "collation", "localTime"],
    // SERVERPROPERTY('EngineEdition'): 5, 6, 8, 9, 11 and 12 are services that cannot be a source.
    words: { major: MAJOR_VERSIONS, engineEdition: ["2", "3", "4"] },
  },
  "list-databases": {
    needs: ["name", "state_desc", "recovery_model_desc", "compatibility_level"],
    words: {
      state_desc: DATABASE_STATES,
      recovery_model_desc: ["FULL", "BULK_LOGGED", "SIMPLE"],
      user_access_desc: USER_ACCESSES,
    },
  },
  "read-database-facts": {
    needs: ["name", "state_desc", "page_verify", "log_reuse_wait"],
    words: {
      state_desc: DATABASE_STATES,
      page_verify: ["NONE", "TORN_PAGE_DETECTION", "CHECKSUM"],
      log_reuse_wait: [
        "NOTHING",
        "CHECKPOINT",
        "LOG_BACKUP",
        "ACTIVE_BACKUP_OR_RESTORE",
        "ACTIVE_TRANSACTION",
        "DATABASE_MIRRORING",
        "REPLICATION",
        "DATABASE_SNAPSHOT_CREATION",
        "LOG_SCAN",
        "AVAILABILITY_REPLICA",
        "OLDEST_PAGE",
        "XTP_CHECKPOINT",
        "SLOG_SCAN",
        "OTHER_TRANSIENT",
      ],
      mirroring_role: ["PRINCIPAL", "MIRROR"],
    },
  },
  "read-chain-guard": {
    needs: ["database_name", "state_desc", "recovery_model_desc"],
    words: { state_desc: DATABASE_STATES, recovery_model_desc: ["FULL", "BULK_LOGGED", "SIMPLE"] },
  },
  "read-availability": { needs: ["role_desc"], words: { role_desc: ["PRIMARY", "SECONDARY", "RESOLVING"] } },
  "list-backups": {
    needs: ["backup_type", "database_name", "first_lsn", "last_lsn", "backup_set_guid"],
    words: { backup_type: BACKUP_TYPES },
  },
  "list-backup-owners": {
    needs: ["backup_type", "device_type"],
    words: {
      backup_type: BACKUP_TYPES,
      // 2 disk, 5 tape, 7 virtual device, 9 URL; 102 and on: the same as permanent devices.
      device_type: ["2", "5", "7", "9", "102", "105", "107"],
    },
  },
};

/** Where the rows of a statement hold something that we do not expect of SQL Server. */
export function judgeSourceAnswer(call: string, body: unknown): Difference[] {
  const name = statementNames.find((known) => known === call);
  if (name === undefined) return [{ kind: "unknown_call", at: call, found: null }];
  return compareAnswer(trimmed(body), { needs: [], ...SOURCE_ASSUMPTIONS[name], knows: ["*"] });
}

/** `backup_type` is char(1), and other fixed-length columns come with blanks. */
function trimmed(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  return body.map((row: unknown) =>
    typeof row === "object" && row !== null
      ? Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, typeof value === "string" ? value.trim() : value]),
        )
      : row,
  );
}
