import { arrange, columnsOf, type ViewRow } from "../catalog/define-view";
import { logSinceBackup } from "../catalog/storage-views";
import { NEVER, wall } from "../catalog/wall-time";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { formatDatetime } from "../tsql/format-datetime";
import { evaluate } from "../tsql/run-statements";
import { SqlError } from "../tsql/sql-error";
import { datetime, nvarchar } from "../tsql/sql-type";
import type { DbccStatement } from "../tsql/statement";
import { checkDatabase } from "./check-database";
import { sendMessage } from "./send-message";

const MB = 1024 * 1024;
const DONE = "DBCC execution completed. If DBCC printed error messages, contact your system administrator.";

/** The DBCC commands a DBA or a migration asks for. Error 2526 for those the sandbox has not. */
export async function dbcc(statement: DbccStatement, frame: Frame, model: SqlServerModel): Promise<void> {
  const quiet = statement.options.includes("NO_INFOMSGS");
  const asRows = statement.options.includes("TABLERESULTS");
  const text = (index: number): string | null => {
    const arg = statement.args[index];
    const value = arg === undefined ? null : evaluate(arg, frame, nvarchar(4000));
    return typeof value === "string" ? value : null;
  };
  switch (statement.command) {
    case "CHECKDB":
      await checkDatabase(text(0), statement.options, frame, model);
      return;
    case "OPENTRAN":
      sendMessage(frame, 7969, "No active open transactions.");
      break;
    case "SQLPERF":
      logSpace(frame, model);
      break;
    case "DBINFO":
      databaseInfo(text(0), frame, model);
      break;
    case "TRACESTATUS":
      send(frame, "TraceFlag smallint, Status smallint, [Global] smallint, Session smallint", []);
      break;
    case "INPUTBUFFER": {
      const session = model.sessions.all(model.state.databases).find((s) => String(s.id) === text(0));
      send(frame, "EventType nvarchar(30), Parameters int, EventInfo nvarchar(4000)", [
        { EventType: "Language Event", Parameters: 0, EventInfo: session?.lastText ?? "" },
      ]);
      break;
    }
    case "USEROPTIONS":
      send(frame, "[Set Option] nvarchar(128), Value nvarchar(128)", [
        { "Set Option": "language", Value: frame.session.language },
        { "Set Option": "isolation level", Value: "read committed" },
      ]);
      break;
    case "TRACEON":
    case "TRACEOFF":
      break;
    default:
      throw new SqlError(
        2526,
        16,
        "Incorrect DBCC statement. Check the documentation for the correct DBCC syntax and options.",
        { state: 3 },
      );
  }
  if (!quiet && !asRows) sendMessage(frame, 2528, DONE);
}

function send(frame: Frame, columnText: string, rows: readonly ViewRow[]): void {
  const columns = columnsOf(columnText);
  frame.sink.resultSet(columns, arrange(columns, rows));
}

function logSpace(frame: Frame, model: SqlServerModel): void {
  send(
    frame,
    "[Database Name] sysname, [Log Size (MB)] real, [Log Space Used (%)] real, Status int",
    model.state.databases
      .filter((d) => d.state === "ONLINE")
      .map((d) => {
        const since = logSinceBackup(model, d) + MB;
        const size = Math.max(model.profile(d).logBytes, since * 1.25);
        return {
          "Database Name": d.name,
          "Log Size (MB)": size / MB,
          "Log Space Used (%)": (since * 100) / size,
          Status: 0,
        };
      }),
  );
}

function databaseInfo(name: string | null, frame: Frame, model: SqlServerModel): void {
  const database = model.findDatabase(name ?? frame.session.database);
  if (database === null) {
    throw new SqlError(
      2520,
      16,
      `Could not find database '${name ?? ""}'. The database either does not exist, or was dropped before a statement tried to use it. Verify if the database exists by querying the sys.databases catalog view.`,
    );
  }
  const checked = formatDatetime(
    database.lastGoodCheckMs === null ? NEVER : wall(database.lastGoodCheckMs),
    datetime,
    121,
    0,
  );
  const field = (Field: string, VALUE: string) => ({
    ParentObject: "DBINFO STRUCTURE:",
    Object: "DBINFO @0x00000000",
    Field,
    VALUE,
  });
  send(frame, "ParentObject varchar(255), Object varchar(255), Field varchar(255), VALUE varchar(255)", [
    field("dbi_version", "904"),
    field("dbi_dbid", String(database.id)),
    field("dbi_dbccLastKnownGood", checked ?? ""),
    field("dbi_familyGUID", database.familyGuid),
  ]);
}
