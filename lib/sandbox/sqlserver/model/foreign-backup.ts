import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { backupBytes } from "@/lib/backup/write-backup";
import { commitBackup, planBackup } from "./plan-backup";
import type { DatabaseState } from "./server-state";
import { AGENT_FOLDER, type SqlServerModel } from "./sql-server-model";

/** Log the applications write between the client's backup and the foreign one. */
const WRITTEN_BETWEEN = 600_000;

/**
 * The scenario `gap`: once for each database, right after the client's first log backup, another tool takes the next
 * one, not COPY_ONLY and to its own folder. msdb knows it; the client's next log backup begins where this one ended.
 */
export function takeForeignBackup(model: SqlServerModel, database: DatabaseState): void {
  const { state } = model;
  if (model.scenario !== "gap" || database.state !== "ONLINE" || database.logChain === null) return;
  if (state.foreignBackupsTaken.includes(database.name)) return;
  state.foreignBackupsTaken.push(database.name);
  model.addLog(database, WRITTEN_BETWEEN);
  const stamp = new Date(model.clock.localNow()).toISOString().replace(/[-:T]/g, "").slice(0, 14);
  const device = `${AGENT_FOLDER}${database.name}Agent${stamp}.trn`;
  const plan = planBackup(model, {
    database,
    type: "L",
    copyOnly: false,
    tail: false,
    compressed: true,
    checksums: false,
    name: "NightlyAgent log backup",
    description: null,
    userName: "PROD-SQL-01\\nightly_agent",
    device,
  });
  plan.record.softwareName = "NightlyAgent";
  const resolved = model.folders.resolve(device);
  if (resolved.ok) {
    const file = openSync(resolved.local, "w");
    for (const piece of backupBytes({ sets: [plan.spec], compressed: true })) writeSync(file, piece);
    fsyncSync(file);
    closeSync(file);
  }
  commitBackup(model, plan);
}
