import { SERVER, VERSION_TEXT } from "../model/server-identity";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { int, nvarchar, type SqlType, type SqlValue, smallint, sysname, varbinary } from "../tsql/sql-type";

/** `@@VERSION` and its kind; null when there is no such variable. */
export function globalVariable(
  name: string,
  frame: Frame,
  model: SqlServerModel,
): { type: SqlType; value: SqlValue } | null {
  const { session } = frame;
  switch (name) {
    case "@@VERSION":
      return { type: nvarchar(300), value: VERSION_TEXT };
    case "@@SERVERNAME":
      return { type: sysname, value: SERVER.serverName };
    case "@@SERVICENAME":
      return { type: sysname, value: "MSSQLSERVER" };
    case "@@SPID":
      return { type: smallint, value: session.id };
    case "@@ERROR":
      return { type: int, value: session.lastError };
    case "@@ROWCOUNT":
      return { type: int, value: session.rowCount };
    case "@@TRANCOUNT":
      return { type: int, value: session.transactions };
    case "@@LANGUAGE":
      return { type: sysname, value: session.language };
    case "@@LANGID":
      return { type: smallint, value: 0 };
    case "@@DATEFIRST":
      return { type: int, value: 7 };
    case "@@TEXTSIZE":
    case "@@MAX_CONNECTIONS":
      return { type: int, value: name === "@@TEXTSIZE" ? 2147483647 : 32767 };
    case "@@LOCK_TIMEOUT":
      return { type: int, value: -1 };
    case "@@NESTLEVEL":
      return { type: int, value: frame.depth };
    case "@@OPTIONS":
      return { type: int, value: 5496 };
    case "@@PROCID":
    case "@@FETCH_STATUS":
    case "@@CPU_BUSY":
    case "@@IDENTITY":
      return { type: int, value: name === "@@IDENTITY" ? null : 0 };
    case "@@MICROSOFTVERSION":
      return { type: int, value: SERVER.major * 16_777_216 + SERVER.build };
    case "@@CONNECTIONS":
      return { type: int, value: model.sessions.connected().length };
    case "@@DBTS":
      return { type: varbinary(8), value: Uint8Array.from([0, 0, 0, 0, 0, 0, 7, 208]) };
    default:
      return null;
  }
}
