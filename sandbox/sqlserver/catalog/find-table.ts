import { assertUsable } from "../model/assert-usable";
import type { SqlServerModel } from "../model/sql-server-model";
import { deniedRight } from "../model/traits";
import type { Frame, TableFunction, TableSource } from "../tsql/engine-host";
import { SqlError } from "../tsql/sql-error";
import { agentTables } from "./agent-views";
import { msdbTables } from "./backup-views";
import { databaseViews } from "./database-views";
import type { View, ViewContext } from "./define-view";
import { objectViews } from "./object-views";
import { securityViews } from "./security-views";
import { serverViews } from "./server-views";
import { sessionFunctions, sessionViews } from "./session-views";
import { storageFunctions, storageViews } from "./storage-views";
import { userTable } from "./user-tables";

const VIEWS = new Map<string, View>(
  Object.entries({
    ...databaseViews,
    ...sessionViews,
    ...storageViews,
    ...objectViews,
    ...securityViews,
    ...serverViews,
  }),
);
const MSDB = new Map<string, View>(Object.entries({ ...msdbTables, ...agentTables }));
const FUNCTIONS = new Map(Object.entries({ ...sessionFunctions, ...storageFunctions }));

interface ObjectName {
  database: string;
  schema: string;
  name: string;
}

/** `name`, `schema.name`, `db.schema.name`, `db..name`; null when the database does not exist. */
function objectName(parts: readonly string[], frame: Frame): ObjectName | null {
  const name = parts.at(-1) ?? "";
  const schema = parts.at(-2) ?? "";
  const wanted = parts.at(-3) ?? "";
  if (parts.length > 3) return null;
  const database = wanted === "" ? frame.session.database : frame.host.databaseName(wanted);
  return database === null ? null : { database, schema: schema === "" ? "dbo" : schema, name };
}

export function findTable(parts: readonly string[], frame: Frame, model: SqlServerModel): TableSource | null {
  const named = objectName(parts, frame);
  if (named === null) return null;
  const { database, schema, name } = named;
  const key = `${schema}.${name}`.toLowerCase();
  const context: ViewContext = { model, frame, database };
  if (parts.length >= 3) assertUsable(model, database, frame.session);
  assertRight(model, key, name);
  const system = VIEWS.get(key) ?? oldName(key);
  if (system !== undefined) return system.open(context);
  const inMsdb = database === "msdb" ? MSDB.get(key) : undefined;
  if (inMsdb !== undefined) return inMsdb.open(context);
  const found = model.findDatabase(database);
  if (found === null) return null;
  const table = model
    .profile(found)
    .tables.find(
      (t) => t.name.toLowerCase() === name.toLowerCase() && t.schema.toLowerCase() === schema.toLowerCase(),
    );
  return table === undefined ? null : userTable(model, found, table);
}

/** Compatibility views answer under `dbo` and without a schema too: `master..sysprocesses`, `sysdatabases`. */
function oldName(key: string): View | undefined {
  return /^dbo\.sys(processes|databases|objects|logins)$/.test(key)
    ? VIEWS.get(key.replace("dbo.", "sys."))
    : undefined;
}

export function findTableFunction(
  parts: readonly string[],
  frame: Frame,
  model: SqlServerModel,
): TableFunction | null {
  const named = objectName(parts, frame);
  if (named === null) return null;
  const context: ViewContext = { model, frame, database: named.database };
  assertRight(model, `${named.schema}.${named.name}`.toLowerCase(), named.name);
  return FUNCTIONS.get(`${named.schema}.${named.name}`.toLowerCase())?.open(context) ?? null;
}

/** 300 and 297 of a server-wide right, 229 of a table. */
function assertRight(model: SqlServerModel, key: string, name: string): void {
  const right = deniedRight(model.state.traits, key);
  if (right === null) return;
  if (right === "VIEW SERVER STATE") {
    throw new SqlError(300, 14, `${right} permission was denied on object 'server', database 'master'.`);
  }
  const [verb = "SELECT"] = right.split(" ");
  throw new SqlError(
    229,
    14,
    `The ${verb} permission was denied on the object '${name}', database 'msdb', schema 'dbo'.`,
    { state: 5 },
  );
}
