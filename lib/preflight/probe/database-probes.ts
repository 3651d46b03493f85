import { remedyScript } from "@/lib/diagnosis/build-remedy-script";
import { LARGEST_FILE_BYTES } from "@/lib/migration/rds-limits";
import { factsOf, type ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { DatabaseFacts } from "@/lib/sqlserver/source-facts";
import type { SourceDatabase } from "@/lib/sqlserver/source-server";
import type { Finding, Probe } from "./probe";

const COMPRESSION_HELPS = 3;
/** Reasons to keep log that end by themselves or with the next backup. */
const FINE_WAITS = new Set([
  "NOTHING",
  "CHECKPOINT",
  "LOG_BACKUP",
  "OLDEST_PAGE",
  "OTHER_TRANSIENT",
  "LOG_SCAN",
]);

/** State, size and health of the source database. */
export function databaseProbes(world: ProbeWorld, database: string): Probe[] {
  const params = { database };
  return [
    {
      id: "source.state",
      asked: `sys.databases, ${database}: state_desc, user_access_desc`,
      params,
      cheap: true,
      prevents:
        "Msg 942 / 927 / 926: Database cannot be opened because it is offline / in the middle of a restore / marked SUSPECT",
      look: async () => stateFinding(await world.database(), database),
    },
    {
      id: "source.writable",
      asked: `sys.databases, ${database}: is_read_only, is_in_standby, source_database_id`,
      params,
      cheap: true,
      prevents:
        "Msg 3002: Cannot BACKUP or RESTORE a database snapshot. / Msg 3036: The database is in warm-standby state",
      look: async () => writableFinding(await factsOf(world)),
    },
    {
      id: "source.size",
      asked: `sys.master_files, FILEPROPERTY(…, 'SpaceUsed'), ${database}`,
      params,
      prevents: "RDS: the backup file is larger than 3 TB",
      look: () => sizeFinding(world),
    },
    {
      id: "source.page_verify",
      asked: `sys.databases, ${database}: page_verify_option_desc`,
      params,
      prevents: "Msg 3043: BACKUP detected an error on page … in file …",
      look: async () => {
        const { pageVerify, name } = await factsOf(world);
        return {
          verdict: pageVerify === "CHECKSUM" ? "pass" : "warn",
          params: { mode: pageVerify },
          answer: pageVerify,
          script: remedyScript.pageVerify(name),
        };
      },
    },
    {
      id: "source.log_reuse",
      asked: `sys.databases, ${database}: log_reuse_wait_desc`,
      params,
      cheap: true,
      prevents: "Msg 9002: The transaction log for database is full due to …",
      look: async () => {
        const { logReuseWait } = await factsOf(world);
        return {
          verdict: FINE_WAITS.has(logReuseWait) || logReuseWait.startsWith("ACTIVE_BACKUP") ? "pass" : "warn",
          params: { wait: logReuseWait },
          answer: logReuseWait,
          gist:
            FINE_WAITS.has(logReuseWait) || logReuseWait.startsWith("ACTIVE_BACKUP") ? "fine" : logReuseWait,
          ...(logReuseWait === "ACTIVE_TRANSACTION"
            ? { script: remedyScript.openTransactions(database) }
            : {}),
        };
      },
    },
  ];
}

function stateFinding(database: SourceDatabase | null, name: string): Finding {
  if (!database) {
    return { verdict: "block", params: { state: "NOT FOUND", userAccess: "" }, answer: "no such database" };
  }
  const { state, userAccess } = database;
  const script =
    state === "OFFLINE"
      ? remedyScript.online(name)
      : state === "RESTORING"
        ? remedyScript.recover(name)
        : remedyScript.multiUser(name);
  return {
    verdict: state === "ONLINE" ? (userAccess === "MULTI_USER" ? "pass" : "warn") : "block",
    params: { state, userAccess },
    answer: `${state}, ${userAccess}`,
    ...(/^(ONLINE|OFFLINE|RESTORING)$/.test(state) ? { script } : {}),
  };
}

function writableFinding(facts: DatabaseFacts): Finding {
  if (facts.snapshotOf !== null) {
    const answer = `snapshot of ${facts.snapshotOf}`;
    return { verdict: "block", params: { cause: "snapshot", of: facts.snapshotOf }, answer };
  }
  if (facts.inStandby) return { verdict: "block", params: { cause: "standby", of: "" }, answer: "STANDBY" };
  if (!facts.readOnly) return { verdict: "pass", params: { cause: "ok", of: "" }, answer: "READ_WRITE" };
  const script = remedyScript.readWrite(facts.name);
  return { verdict: "warn", params: { cause: "read_only", of: "" }, answer: "READ_ONLY", script };
}

/** One file of a full backup is about the used pages; compressed, about a third of them. */
async function sizeFinding(world: ProbeWorld): Promise<Finding> {
  const [facts, storage] = await Promise.all([factsOf(world), world.facts.storage()]);
  const { dataBytes } = facts;
  const usedBytes = storage.usedBytes ?? dataBytes;
  const answer = `data files ${dataBytes ?? "NULL"} bytes, used ${usedBytes ?? "NULL"}, not online ${storage.filesNotOnline}`;
  const params = { dataBytes: dataBytes ?? 0, usedBytes: usedBytes ?? 0, files: storage.filesNotOnline };
  if (dataBytes === null || usedBytes === null)
    return { verdict: "unknown", params, answer, gist: "unknown" };
  const verdict =
    usedBytes > LARGEST_FILE_BYTES * COMPRESSION_HELPS
      ? "block"
      : usedBytes > LARGEST_FILE_BYTES || storage.filesNotOnline > 0
        ? "warn"
        : "pass";
  return { verdict, params, answer, gist: `${verdict} ${storage.filesNotOnline}` };
}
