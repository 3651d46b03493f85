import type { SqlServerModel } from "../model/sql-server-model";
import { type View, type ViewRow, view } from "./define-view";
import { stableGuid } from "./stable-guid";
import { wall } from "./wall-time";

interface Job {
  name: string;
  enabled: boolean;
  step: string;
  database: string;
  command: string;
}

/** The server's own backup jobs, switched off for the migration; with a foreign log backup to come, one that was forgotten. */
function jobs(model: SqlServerModel): Job[] {
  const list: Job[] = [
    {
      name: "DBA - Nightly full backups",
      enabled: false,
      step: "Back up user databases",
      database: "master",
      command: "BACKUP DATABASE SalesDB TO DISK = N'E:\\SQLBackup\\SalesDB.bak' WITH COMPRESSION, CHECKSUM;",
    },
    {
      name: "DBA - Log backups",
      enabled: false,
      step: "Back up logs",
      database: "master",
      command: "BACKUP LOG SalesDB TO DISK = N'E:\\SQLBackup\\SalesDB.trn' WITH COMPRESSION, CHECKSUM;",
    },
    {
      name: "DBA - Index maintenance",
      enabled: true,
      step: "Rebuild",
      database: "SalesDB",
      command: "ALTER INDEX ALL ON sales.Orders REORGANIZE;",
    },
  ];
  if (model.scenario.current.foreignLog !== null) {
    list.push({
      name: "NightlyAgent - log backup",
      enabled: true,
      step: "Run agent",
      database: "master",
      command: "BACKUP LOG SalesDB TO DISK = N'E:\\AgentBackup\\SalesDB.trn' WITH INIT;",
    });
  }
  for (const job of model.state.traits?.jobs ?? []) {
    list.push({ ...job, enabled: true, step: "Back up" });
  }
  return list;
}

const each =
  (map: (job: Job, index: number, id: string) => ViewRow) =>
  ({ model }: { model: SqlServerModel }) =>
    jobs(model).map((job, i) => map(job, i, stableGuid(job.name)));

export const agentTables: Record<string, View> = {
  "dbo.sysjobs": view(
    `job_id uniqueidentifier, originating_server_id int, name sysname, enabled tinyint, description nvarchar(512),
     start_step_id int, category_id int, owner_sid varbinary(85), date_created datetime, date_modified datetime,
     version_number int`,
    each((job, _i, id) => ({
      job_id: id,
      originating_server_id: 0,
      name: job.name,
      enabled: job.enabled ? 1 : 0,
      start_step_id: 1,
      category_id: 3,
      owner_sid: Uint8Array.from([1]),
      version_number: 1,
    })),
  ),
  "dbo.sysjobsteps": view(
    `job_id uniqueidentifier, step_id int, step_name sysname, subsystem nvarchar(40), command nvarchar(max),
     database_name sysname, on_success_action tinyint, on_fail_action tinyint, last_run_outcome int`,
    each((job, _i, id) => ({
      job_id: id,
      step_id: 1,
      step_name: job.step,
      subsystem: "TSQL",
      command: job.command,
      database_name: job.database,
      on_success_action: 1,
      on_fail_action: 2,
      last_run_outcome: 1,
    })),
  ),
  "dbo.sysjobschedules": view(
    "schedule_id int, job_id uniqueidentifier, next_run_date int, next_run_time int",
    each((_job, i, id) => ({ schedule_id: i + 1, job_id: id, next_run_date: 0, next_run_time: 0 })),
  ),
  "dbo.sysschedules": view(
    "schedule_id int, schedule_uid uniqueidentifier, name sysname, enabled int, freq_type int, freq_interval int",
    each((job, i, id) => ({
      schedule_id: i + 1,
      schedule_uid: id,
      name: `${job.name} schedule`,
      enabled: 1,
      freq_type: 4,
      freq_interval: 1,
    })),
  ),
  "dbo.sysjobactivity": view(
    `session_id int, job_id uniqueidentifier, run_requested_date datetime, start_execution_date datetime,
     stop_execution_date datetime, job_history_id int`,
    ({ model }) =>
      jobs(model).map((job) => ({
        session_id: 1,
        job_id: stableGuid(job.name),
        run_requested_date: wall(model.startedMs - 86_400_000),
        start_execution_date: wall(model.startedMs - 86_400_000),
        stop_execution_date: wall(model.startedMs - 86_000_000),
        job_history_id: 1,
      })),
  ),
  "dbo.sysjobhistory": view(
    `instance_id int, job_id uniqueidentifier, step_id int, step_name sysname, message nvarchar(4000), run_status int,
     run_date int, run_time int, run_duration int`,
    () => [],
  ),
};
