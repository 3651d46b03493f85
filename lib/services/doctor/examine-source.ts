import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { Examination } from "./examination";

/** Backups of so many days count, as in a preflight. */
const DAYS = 30;
const NO_GUID = "00000000-0000-0000-0000-000000000000";

/** Every reading statement of a source, about `database` or the first user database that the login sees. */
export async function examineSource(
  examination: Examination,
  source: SourceServer,
  asked: { database: string | null },
): Promise<void> {
  const { redactor } = examination;
  const { facts } = source;
  const identity = await examination.ask({
    system: "sql_server",
    asked: "identify",
    ask: () => source.identify(),
  });
  redactor.learn("host", identity?.serverName);
  redactor.learn("host", identity?.machineName);
  const databases = await examination.ask({
    system: "sql_server",
    asked: "listDatabases",
    ask: () => source.listDatabases(),
  });
  for (const { name } of databases ?? []) redactor.learn("database", name);
  // The server's own, where there is no other: it is known everywhere.
  const database = asked.database ?? databases?.[0]?.name ?? "master";
  const about = database === "master" ? "master" : redactor.learn("database", database);
  const lately = { database, days: DAYS };
  const questions: [string, () => Promise<unknown>][] = [
    ["facts.database", () => facts.database(database)],
    ["facts.availability", () => facts.availability(database)],
    ["facts.encryption", () => facts.encryption(database)],
    ["facts.editionFeatures", () => facts.editionFeatures(database)],
    ["facts.storage", () => facts.storage(database)],
    ["facts.lastCheck", () => facts.lastCheck(database)],
    ["facts.backupJobs", () => facts.backupJobs()],
    ["facts.backupOwners", () => facts.backupOwners(lately)],
    ["facts.encryptedBackups", () => facts.encryptedBackups(lately)],
    ["facts.maintenance", () => facts.maintenance(database)],
    ["facts.drives", () => facts.drives()],
    ["facts.rights", () => facts.rights(database)],
    ["facts.logRate", () => facts.logRate(database)],
    ["facts.logPeak", () => facts.logPeak(lately)],
    ["facts.utcTime", () => facts.utcTime()],
    ["readChainGuard", () => source.readChainGuard(database)],
    ["readBackupHistory", () => source.readBackupHistory(database)],
    ["listBackups", () => source.listBackups({ database, limit: 50 })],
    ["findFullBackups", () => source.findFullBackups({ database, baseGuid: NO_GUID, baseLsn: null })],
    ["findBackupsInRange", () => source.findBackupsInRange({ database, fromLsn: "0", toLsn: null })],
    ["listRunningBackups", () => source.listRunningBackups(database)],
    ["listSessions", () => source.listSessions(database)],
    ["logBytesSinceBackup", () => source.logBytesSinceBackup(database)],
    ["rowCounts", () => source.rowCounts(database)],
  ];
  for (const [name, ask] of questions)
    await examination.ask({ system: "sql_server", asked: name, about, ask });
}
