import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { arrange, columnsOf, type ViewRow } from "../catalog/define-view";
import { probePath } from "../catalog/storage-views";
import { wall } from "../catalog/wall-time";
import { SYSTEM_DATABASES } from "../model/database-profiles";
import { SERVER } from "../model/server-identity";
import type { SqlServerModel } from "../model/sql-server-model";
import { type DatabaseTraits, deniedRight, type ServerTraits } from "../model/traits";
import type { Frame, Procedure } from "../tsql/engine-host";
import { formatDatetime } from "../tsql/format-datetime";
import { SqlError } from "../tsql/sql-error";
import { datetime, int, nvarchar, type SqlType, type SqlValue, sysname } from "../tsql/sql-type";

const text = nvarchar(4000);
const MB = 1024 * 1024;

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

/** Lists a folder like xp_dirtree: directories first found, `depth` levels deep, files with file = 1. */
function directoryRows(folder: string, depth: number, withFiles: boolean, level = 1): ViewRow[] {
  return readdirSync(folder).flatMap((name): ViewRow[] => {
    const path = join(folder, name);
    const isDirectory = statSync(path).isDirectory();
    if (!isDirectory) return withFiles ? [{ subdirectory: name, depth: level, file: 1 }] : [];
    const below = depth === 0 || level < depth ? directoryRows(path, depth, withFiles, level + 1) : [];
    return [{ subdirectory: name, depth: level, file: 0 }, ...below];
  });
}

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

function who(model: SqlServerModel, frame: Frame, name: string): undefined {
  send(
    frame,
    `spid smallint, ecid smallint, status nchar(30), loginame nvarchar(128), hostname nchar(128), blk char(5), dbname nvarchar(128),
     cmd nchar(26), request_id int`,
    model.sessions
      .all(model.state.databases)
      .filter((s) => name === "" || s.login.toLowerCase() === name.toLowerCase() || String(s.id) === name)
      .map((s) => ({
        spid: s.id,
        ecid: 0,
        status: (s.request === null ? "sleeping" : "runnable").padEnd(30),
        loginame: s.login,
        hostname: s.host.padEnd(128),
        blk: "0",
        dbname: s.database,
        cmd: (s.request?.command ?? "AWAITING COMMAND").padEnd(26),
        request_id: 0,
      })),
  );
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

function helpDatabases(model: SqlServerModel, frame: Frame, wanted: string): undefined {
  const all = [
    ...SYSTEM_DATABASES.map((d) => ({
      name: d.name as string,
      id: d.id as number,
      bytes: 16 * MB,
      createdMs: 0,
    })),
    ...model.state.databases.map((d) => {
      const profile = model.profile(d);
      return { name: d.name, id: d.id, bytes: profile.dataBytes + profile.logBytes, createdMs: d.createdMs };
    }),
  ].filter((d) => wanted === "" || d.name.toLowerCase() === wanted.toLowerCase());
  if (all.length === 0) {
    throw new SqlError(
      15010,
      16,
      `The database '${wanted}' does not exist. Supply a valid database name. To see available databases, use sys.databases.`,
    );
  }
  send(
    frame,
    `name nvarchar(128), db_size nvarchar(13), owner nvarchar(128), dbid smallint, created nvarchar(11), status nvarchar(600),
     compatibility_level tinyint`,
    all.map((d) => {
      const found = model.findDatabase(d.name);
      const status = `Status=${found?.state ?? "ONLINE"}, Updateability=${found?.readOnly === true ? "READ_ONLY" : "READ_WRITE"}, UserAccess=${found?.userAccess ?? "MULTI_USER"}, Recovery=${found?.recoveryModel ?? "SIMPLE"}, Version=${SERVER.databaseVersion}, Collation=${SERVER.collation}`;
      return {
        name: d.name,
        db_size: `${(d.bytes / MB).toFixed(2)} MB`.padStart(13),
        owner: "sa",
        dbid: d.id,
        created: (formatDatetime(wall(d.createdMs), datetime, 0, 0) ?? "").slice(0, 11),
        status,
        compatibility_level: SERVER.compatibilityLevel,
      };
    }),
  );
}

/** The sandbox's own: what a rehearsal is to meet, as JSON; without a database it is about the server. `{}` takes it back. */
function setTraits(model: SqlServerModel, name: string, json: string): number {
  if (name === "") {
    model.state.traits = JSON.parse(json) as ServerTraits;
    model.save();
    return 0;
  }
  const database = model.findDatabase(name);
  if (database === null) return 1;
  model.change(database, () => {
    database.traits = JSON.parse(json) as DatabaseTraits;
  });
  return 0;
}

/** The stored procedures the sandbox has, by lower-case name. */
export function procedures(model: SqlServerModel): Map<string, Procedure> {
  return new Map<string, Procedure>([
    ["xp_create_subdir", procedure([["@path", text]], ([path]) => createSubdirectory(model, asText(path)))],
    [
      "xp_fileexist",
      procedure(
        [
          ["@path", text],
          ["@exists", int],
        ],
        (args, frame) => {
          const found = probePath(model, asText(args[0]));
          args[1] = found.file ? 1 : 0;
          send(frame, "[File Exists] int, [File is a Directory] int, [Parent Directory Exists] int", [
            {
              "File Exists": found.file ? 1 : 0,
              "File is a Directory": found.directory ? 1 : 0,
              "Parent Directory Exists": found.parent ? 1 : 0,
            },
          ]);
          return 0;
        },
      ),
    ],
    [
      "xp_dirtree",
      procedure(
        [
          ["@path", text],
          ["@depth", int],
          ["@file", int],
        ],
        (args, frame) => {
          const folder = model.folders.resolve(asText(args[0]));
          const depth = typeof args[1] === "number" ? args[1] : 0;
          const withFiles = args[2] === 1;
          const rows = folder.ok && folder.isDirectory ? directoryRows(folder.local, depth, withFiles) : [];
          send(frame, `subdirectory nvarchar(512), depth int${withFiles ? ", [file] int" : ""}`, rows);
          return 0;
        },
      ),
    ],
    [
      "xp_subdirs",
      procedure([["@path", text]], (args, frame) => {
        const folder = model.folders.resolve(asText(args[0]));
        const rows = folder.ok && folder.isDirectory ? directoryRows(folder.local, 1, false) : [];
        send(frame, "subdirectory nvarchar(512)", rows);
        return 0;
      }),
    ],
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
      "xp_regread",
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
    [
      "xp_msver",
      procedure([["@option", sysname]], (_args, frame) => {
        send(
          frame,
          "[Index] smallint, Name nvarchar(128), Internal_Value int, Character_Value nvarchar(512)",
          [
            { Index: 1, Name: "ProductName", Character_Value: "Microsoft SQL Server" },
            {
              Index: 2,
              Name: "ProductVersion",
              Internal_Value: SERVER.major * 65_536,
              Character_Value: SERVER.productVersion,
            },
            { Index: 3, Name: "Language", Internal_Value: 1033, Character_Value: "English (United States)" },
            { Index: 4, Name: "Platform", Character_Value: "NT x64" },
          ],
        );
        return 0;
      }),
    ],
    ["sp_who", procedure([["@loginame", sysname]], (args, frame) => who(model, frame, asText(args[0])))],
    ["sp_who2", procedure([["@loginame", sysname]], (_args, frame) => who2(model, frame))],
    [
      "sp_helpdb",
      procedure([["@dbname", sysname]], (args, frame) => helpDatabases(model, frame, asText(args[0]))),
    ],
    [
      "sp_databases",
      procedure([], (_args, frame) => {
        send(
          frame,
          "DATABASE_NAME sysname, DATABASE_SIZE int, REMARKS varchar(254)",
          model.state.databases.map((d) => ({
            DATABASE_NAME: d.name,
            DATABASE_SIZE: Math.round((model.profile(d).dataBytes + model.profile(d).logBytes) / 1024),
          })),
        );
        return 0;
      }),
    ],
    [
      "sp_sandbox_traits",
      procedure(
        [
          ["@database", sysname],
          ["@json", text],
        ],
        ([name, json]) => setTraits(model, asText(name), asText(json)),
      ),
    ],
    ["sp_reset_connection", procedure([], () => 0)],
  ]);
}
