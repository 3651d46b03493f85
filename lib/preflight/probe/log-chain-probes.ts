import { remedyScript } from "@/lib/diagnosis/build-remedy-script";
import { databaseOf, factsOf, type ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { SourceDatabase } from "@/lib/sqlserver/source-server";
import type { Finding, Probe } from "./probe";

/** RDS's guide opens the database with a last log of less than 500 MB. */
const LAST_LOG_BYTES = 500 * 2 ** 20;
/** A short round: backup, upload and import of one log. */
const ROUND_MINUTES = 10;

/** Whether log backups are possible, begin where they should, and will ever catch up. */
export function logChainProbes(world: ProbeWorld, database: string): Probe[] {
  const params = { database };
  const { method } = world.draft;
  return [
    {
      id: "source.recovery_model",
      asked: `sys.databases, ${database}: recovery_model_desc`,
      params,
      cheap: true,
      prevents: "Msg 4208: The statement BACKUP LOG is not allowed while the recovery model is SIMPLE.",
      look: async () => recoveryFinding(await databaseOf(world), method),
    },
    {
      id: "source.log_chain",
      asked: `sys.database_recovery_status, ${database}: last_log_backup_lsn`,
      params,
      cheap: true,
      prevents: "Msg 4214: BACKUP LOG cannot be performed because there is no current database backup.",
      look: () => chainFinding(world),
    },
    {
      id: "source.full_backup",
      asked: `msdb.dbo.backupset, ${database}`,
      params,
      look: async () => fullBackupFinding(world, await databaseOf(world)),
    },
    {
      id: "source.log_rate",
      asked: `sys.dm_io_virtual_file_stats of the log, msdb.dbo.backupset (L), ${database}`,
      params,
      freshMinutes: 60,
      look: () => rateFinding(world),
    },
  ];
}

/** Log backups need FULL; BULK_LOGGED takes them too, but a bulk load makes its log backup as large as the data. */
function recoveryFinding(database: SourceDatabase, method: "access_pending" | "immediate"): Finding {
  const model = database.recoveryModel;
  const verdict = model === "FULL" || method === "immediate" ? "pass" : model === "SIMPLE" ? "block" : "warn";
  const script = remedyScript.recoveryFull(database.name);
  return { verdict, params: { model }, answer: model, script };
}

/** FULL in name only: until a full backup the log is cut at every checkpoint ("pseudo-simple"). */
async function chainFinding(world: ProbeWorld): Promise<Finding> {
  const [facts, { recoveryModel }] = await Promise.all([factsOf(world), databaseOf(world)]);
  const { backupBy, method, sourceFolder } = world.draft;
  const lsn = facts.lastLogBackupLsn;
  const found = (verdict: Finding["verdict"], cause: string): Finding => ({
    verdict,
    params: { cause },
    answer: `last_log_backup_lsn ${lsn ?? "NULL"}`,
    gist: cause,
  });
  if (method === "immediate") return found("pass", "not_needed");
  if (lsn !== null) return found("pass", "ok");
  // The migration begins with a full backup of its own, which begins the chain.
  if (backupBy === "app") return found("pass", "first_full");
  if (facts.forkGuid === null) return found("unknown", "hidden");
  const backup = remedyScript.fullBackup(facts.name, `${sourceFolder.trim()}${facts.name}.bak`);
  const model = remedyScript.recoveryFull(facts.name);
  const simple = recoveryModel === "SIMPLE";
  const both = backup === null || model === null ? null : `${model}\n${backup}`;
  return { ...found("block", simple ? "simple" : "pseudo_simple"), script: simple ? both : backup };
}

async function fullBackupFinding(world: ProbeWorld, database: SourceDatabase): Promise<Finding> {
  const source = await world.source();
  const rows = await source.listBackups({ database: database.name, limit: 50 });
  const last = rows.find((row) => row.kind === "full" && !row.copyOnly);
  const answer = last
    ? `full backup finished ${last.finishedAtLocal ?? last.startedAtLocal}`
    : "no full backup in msdb";
  if (world.draft.backupBy === "app") return { verdict: "pass", params: { takenBy: "app" }, answer };
  if (last) return { verdict: "pass", params: { takenBy: "others" }, answer };
  return { verdict: "warn", params: { takenBy: "none" }, answer };
}

/** Rounds come down to the last log only while a round's log is smaller than that. */
async function rateFinding(world: ProbeWorld): Promise<Finding> {
  // The login may lack one of the two rights: one number is enough.
  const [rate, peak] = await Promise.allSettled([world.facts.logRate(), world.facts.logPeak()]);
  if (rate.status === "rejected" && peak.status === "rejected") throw rate.reason;
  const minuteBytes = Math.round((rate.status === "fulfilled" ? rate.value.bytesPerMinute : null) ?? 0);
  const hour = peak.status === "fulfilled" ? peak.value : null;
  const peakBytes = Math.round((hour?.bytes ?? 0) / 60);
  const answer = `${minuteBytes} bytes/min since the start; busiest hour ${hour ? `${hour.hourLocal}h: ${hour.bytes} bytes` : "none in msdb"}`;
  const most = Math.max(minuteBytes, peakBytes);
  const params = { minuteBytes, peakBytes, roundBytes: most * ROUND_MINUTES, limitBytes: LAST_LOG_BYTES };
  if (most === 0) return { verdict: "unknown", params, answer, gist: "unknown" };
  const verdict = most * ROUND_MINUTES > LAST_LOG_BYTES ? "warn" : "pass";
  return { verdict, params, answer, gist: verdict };
}
