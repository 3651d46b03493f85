import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { commitBackup, planBackup } from "./plan-backup";
import type { DatabaseState } from "./server-state";
import { AGENT_FOLDER, type SqlServerModel } from "./sql-server-model";

/** Log the applications write between the client's backup and the foreign one. */
const WRITTEN_BETWEEN = 600_000;

/**
 * What another tool does once for each database, right after the client's full or first log backup: a backup that is not
 * COPY_ONLY, to its own folder. msdb knows it. A log backup takes a piece of the chain away (the client's next one begins
 * where it ended); a full backup becomes the base of the next differential.
 */
export function takeForeignBackup(
  model: SqlServerModel,
  database: DatabaseState,
  after: "full" | "log",
): void {
  const { foreignLog, foreignFull, foreignDatabase } = model.scenario.current;
  if (database.state !== "ONLINE") return;
  if (foreignDatabase !== null && foreignDatabase !== database.name) return;
  const moment = after === "full" ? "after_full" : "after_first_log";
  if (foreignLog === moment) takeOnce(model, database, "L");
  if (foreignFull === moment) takeOnce(model, database, "D");
}

function takeOnce(model: SqlServerModel, database: DatabaseState, type: "D" | "L"): void {
  const { state } = model;
  const key = type === "L" ? database.name : `full/${database.name}`;
  if (state.foreignBackupsTaken.includes(key) || (type === "L" && database.logChain === null)) return;
  state.foreignBackupsTaken.push(key);
  model.addLog(database, WRITTEN_BETWEEN);
  const stamp = new Date(model.clock.localNow()).toISOString().replace(/[-:T]/g, "").slice(0, 14);
  const device = `${AGENT_FOLDER}${database.name}Agent${stamp}.${type === "L" ? "trn" : "bak"}`;
  const plan = planBackup(model, {
    database,
    type,
    copyOnly: false,
    tail: false,
    compressed: true,
    checksums: false,
    name: `NightlyAgent ${type === "L" ? "log" : "full"} backup`,
    description: null,
    userName: "PROD-SQL-01\\nightly_agent",
    device,
  });
  plan.record.softwareName = "NightlyAgent";
  const resolved = model.folders.resolve(device);
  if (resolved.ok) {
    const file = openSync(resolved.local, "w");
    const { algorithm } = model.release;
    for (const piece of backupBytes({ sets: [plan.spec], compressed: true, algorithm })) {
      writeSync(file, piece);
    }
    fsyncSync(file);
    closeSync(file);
  }
  commitBackup(model, plan);
}
