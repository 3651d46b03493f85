import { mkdirSync } from "node:fs";
import { arrange, columnsOf, type ViewRow } from "../catalog/define-view";
import { wall } from "../catalog/wall-time";
import { SERVER } from "../model/server-identity";
import type { SqlServerModel } from "../model/sql-server-model";
import { deniedRight } from "../model/traits";
import type { Frame, Procedure } from "../tsql/engine-host";
import { formatDatetime } from "../tsql/format-datetime";
import { SqlError } from "../tsql/sql-error";
import { datetime, nvarchar, type SqlType, type SqlValue, sysname } from "../tsql/sql-type";

const text = nvarchar(4000);

function procedure(
  parameters: readonly [string, SqlType][],
  run: (args: SqlValue[], frame: Frame) => number | undefined,
): Procedure {
  return {
    parameters: parameters.map(([name, type]) => ({ name, type })),
    run: async (args, frame) => run(args, frame) ?? 0,
  };
}

function send(frame: Frame, columns: string, rows: readonly ViewRow[]): void {
  const defined = columnsOf(columns);
  frame.sink.resultSet(defined, arrange(defined, rows));
}

const asText = (value: SqlValue | undefined): string => (typeof value === "string" ? value : "");

function createSubdirectory(model: SqlServerModel, path: string): number {
  if (deniedRight(model.state.traits, "dbo.xp_create_subdir") !== null) {
    throw new SqlError(
      229,
      14,
      "The EXECUTE permission was denied on the object 'xp_create_subdir', database 'mssqlsystemresource', schema 'sys'.",
      { state: 5 },
    );
  }
  const local = model.folders.localFolderFor(path);
  if (local === null) {
    throw new SqlError(
      22048,
      16,
      `xp_create_subdir() returned error 3, 'The system cannot find the path specified.'`,
    );
  }
  mkdirSync(local, { recursive: true });
  return 0;
}

function readRegistry(args: SqlValue[], frame: Frame): number {
  const name = asText(args[2]);
  const values: Record<string, string> = {
    backupdirectory: SERVER.backupFolder.replace(/\\$/, ""),
    defaultdata: SERVER.dataFolder,
    defaultlog: SERVER.dataFolder,
  };
  const value = values[name.toLowerCase()] ?? null;
  if (args[3] === null || args[3] === undefined) {
    args[3] = value;
    if (value === null) {
      frame.sink.message({
        number: 22001,
        state: 1,
        severity: 0,
        text: "RegQueryValueEx() returned error 2, 'The system cannot find the file specified.'",
        line: frame.line,
        procedure: "xp_instance_regread",
      });
    }
  }
  return 0;
}

function who2(model: SqlServerModel, frame: Frame): undefined {
  send(
    frame,
    `SPID char(5), Status nvarchar(30), Login nvarchar(128), HostName nvarchar(128), BlkBy char(5), DBName nvarchar(128),
     Command nvarchar(26), CPUTime nvarchar(20), DiskIO nvarchar(20), LastBatch nvarchar(14), ProgramName nvarchar(128)`,
    model.sessions.all(model.state.databases).map((s) => ({
      SPID: String(s.id),
      Status: s.request === null ? "sleeping" : "RUNNABLE",
      Login: s.login,
      HostName: s.host,
      BlkBy: "  .",
      DBName: s.database,
      Command: s.request?.command ?? "AWAITING COMMAND",
      CPUTime: "0",
      DiskIO: "0",
      LastBatch: formatDatetime(wall(s.lastRequestStartMs), datetime, 108, 0),
      ProgramName: s.program,
    })),
  );
}

/** The stored procedures the sandbox has, by lower-case name. */
export function procedures(model: SqlServerModel): Map<string, Procedure> {
  return new Map<string, Procedure>([
    ["xp_create_subdir", procedure([["@path", text]], ([path]) => createSubdirectory(model, asText(path)))],
    [
      "xp_instance_regread",
      procedure(
        [
          ["@root", text],
          ["@key", text],
          ["@name", text],
          ["@value", text],
        ],
        readRegistry,
      ),
    ],
    [
      "xp_fixeddrives",
      procedure([], (_args, frame) => {
        send(frame, "drive char(1), [MB free] int", [
          { drive: "C", "MB free": model.state.traits?.freeMegabytes?.C ?? 217_088 },
          { drive: "D", "MB free": model.state.traits?.freeMegabytes?.D ?? 409_600 },
        ]);
        return 0;
      }),
    ],
    ["sp_who2", procedure([["@loginame", sysname]], (_args, frame) => who2(model, frame))],
  ]);
}
