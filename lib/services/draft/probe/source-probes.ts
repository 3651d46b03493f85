import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import type { SourceDatabase } from "@/lib/sqlserver/source-server";
import { majorOf } from "../../connection/test-source";
import type { Finding, Probe } from "./probe";
import { databaseOf, type ProbeWorld } from "./probe-world";

/** SQL Server 2005 is 9: the oldest whose backups any version that RDS offers restores. */
const OLDEST_MAJOR = 9;

/** The source server and its database. Nothing to ask while others take the backups and no server is named. */
export function sourceProbes(world: ProbeWorld): Probe<ProbeId>[] {
  const { draft } = world;
  if (draft.sourceConnectionId === null) return [];
  const probes: Probe<ProbeId>[] = [
    {
      id: "source.reachable",
      asked: "SERVERPROPERTY('ServerName'), @@VERSION",
      params: {},
      whenUnreachable: "block",
      look: async () => {
        const [identity, user] = await Promise.all([world.identity(), world.sourceUser()]);
        return {
          verdict: "pass",
          params: { server: identity.serverName, user },
          answer: firstLine(identity.versionText),
        };
      },
    },
    {
      id: "source.version",
      asked: "SERVERPROPERTY('ProductVersion'), SERVERPROPERTY('Edition')",
      params: {},
      look: async () => {
        const { productVersion, productLevel, edition } = await world.identity();
        return {
          verdict: majorOf(productVersion) < OLDEST_MAJOR ? "block" : "pass",
          params: { version: productVersion, edition },
          answer: `${productVersion} ${productLevel}, ${edition}`,
        };
      },
    },
  ];
  if (draft.sourceDatabase === null) return probes;
  const params = { database: draft.sourceDatabase };
  const { method, backupBy } = draft;
  return [
    ...probes,
    {
      id: "source.state",
      asked: `sys.databases, ${draft.sourceDatabase}: state_desc, user_access_desc, is_read_only`,
      params,
      look: async () => stateFinding(await world.database()),
    },
    {
      id: "source.recovery_model",
      asked: `sys.databases, ${draft.sourceDatabase}: recovery_model_desc`,
      params,
      look: async () => recoveryFinding(await databaseOf(world), method),
    },
    {
      id: "source.full_backup",
      asked: `msdb.dbo.backupset and sys.database_recovery_status, ${draft.sourceDatabase}`,
      params,
      look: async () => fullBackupFinding(world, await databaseOf(world), backupBy),
    },
  ];
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.trim() ?? "";
}

function stateFinding(database: SourceDatabase | null): Finding {
  if (!database) {
    return { verdict: "block", params: { state: "NOT FOUND", userAccess: "" }, answer: "no such database" };
  }
  const online = database.state === "ONLINE";
  const open = database.userAccess === "MULTI_USER" && !database.readOnly;
  return {
    verdict: online ? (open ? "pass" : "warn") : "block",
    params: { state: database.state, userAccess: database.userAccess },
    answer: `${database.state}, ${database.userAccess}${database.readOnly ? ", READ_ONLY" : ""}`,
  };
}

/** Log backups need FULL; BULK_LOGGED takes them too, but a bulk load makes its log backup as large as the data. */
function recoveryFinding(database: SourceDatabase, method: "access_pending" | "immediate"): Finding {
  const model = database.recoveryModel;
  const verdict = model === "FULL" || method === "immediate" ? "pass" : model === "SIMPLE" ? "block" : "warn";
  return { verdict, params: { model }, answer: model };
}

async function fullBackupFinding(
  world: ProbeWorld,
  database: SourceDatabase,
  backupBy: "app" | "others",
): Promise<Finding> {
  const source = await world.source();
  const rows = await source.listBackups({ database: database.name, limit: 50 });
  const last = rows.find((row) => row.kind === "full" && !row.copyOnly);
  const answer =
    `last_log_backup_lsn ${database.lastLogBackupLsn ?? "NULL"}; ` +
    (last ? `full backup finished ${last.finishedAtLocal ?? last.startedAtLocal}` : "no full backup in msdb");
  // The migration begins with a full backup of its own, so none is needed before.
  if (backupBy === "app") return { verdict: "pass", params: { takenBy: "app" }, answer };
  if (last) return { verdict: "pass", params: { takenBy: "others" }, answer };
  return { verdict: "warn", params: { takenBy: "none" }, answer };
}
