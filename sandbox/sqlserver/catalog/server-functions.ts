import { SERVER } from "../model/server-identity";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame, ScalarFunction } from "../tsql/engine-host";
import { defineFunction, numberOf, textOf } from "../tsql/functions/define-function";
import {
  bigint,
  datetime,
  int,
  nvarchar,
  type SqlScalar,
  type SqlType,
  type SqlValue,
  sqlVariant,
  sysname,
  varbinary,
} from "../tsql/sql-type";
import { schemaName } from "./object-views";
import { loginOfSid } from "./security-views";
import { NEVER, wall } from "./wall-time";

function variant(value: SqlScalar | null, type: SqlType): SqlValue {
  return value === null ? null : { variantType: type, value };
}

function serverProperty(model: SqlServerModel, name: string): SqlValue {
  const text = (value: string | null) => variant(value, sysname);
  const number = (value: number) => variant(value, int);
  switch (name.toLowerCase()) {
    case "productversion":
      return text(model.state.traits?.productVersion ?? model.release.productVersion);
    case "productlevel":
      return text(model.release.productLevel);
    case "productupdatelevel":
      return text(model.release.updateLevel);
    case "productupdatereference":
      return text(model.release.updateReference);
    case "productmajorversion":
      return text(String(model.release.major));
    case "productminorversion":
      return text(String(model.release.minor));
    case "productbuild":
      return text(String(model.release.build));
    case "edition":
      return text(model.state.traits?.edition ?? model.release.edition);
    case "editionid":
      return variant(model.release.editionId, bigint);
    case "engineedition":
      return number(model.state.traits?.engineEdition ?? model.release.engineEdition);
    case "servername":
      return text(SERVER.serverName);
    case "machinename":
    case "computernamephysicalnetbios":
      return text(SERVER.machineName);
    case "collation":
      return text(model.state.traits?.collation ?? SERVER.collation);
    case "isclustered":
    case "ishadrenabled":
    case "issingleuser":
    case "isintegratedsecurityonly":
    case "isfulltextinstalled":
    case "ispolybaseinstalled":
    case "istempdbmetadatamemoryoptimized":
      return number(0);
    case "isxtpsupported":
    case "isadvancedanalyticsinstalled":
      return number(name.toLowerCase() === "isxtpsupported" ? 1 : 0);
    case "processid":
      return number(3820);
    case "lcid":
      return number(1033);
    case "instancedefaultbackuppath":
      return text(model.release.tellsBackupFolder ? SERVER.backupFolder.replace(/\\$/, "") : null);
    case "instancedefaultdatapath":
    case "instancedefaultlogpath":
      return text(SERVER.dataFolder);
    case "resourceversion":
      return text(model.release.productVersion);
    case "builddate":
    case "resourcelastupdatedatetime":
      return variant(wall(model.startedMs), datetime);
    default:
      return null;
  }
}

function databaseProperty(model: SqlServerModel, database: string, name: string): SqlValue {
  const stored = model.databaseName(database);
  if (stored === null) return null;
  const found = model.findDatabase(stored);
  const text = (value: string) => variant(value, nvarchar(128));
  const number = (value: number) => variant(value, int);
  const online = found === null || found.state === "ONLINE";
  switch (name.toLowerCase()) {
    case "status":
      return text(found?.state ?? "ONLINE");
    case "recovery":
      return text(found?.recoveryModel ?? "SIMPLE");
    case "useraccess":
      return text(found?.userAccess.replace("_USER", "") ?? "MULTI");
    case "updateability":
      return text(found?.readOnly === true ? "READ_ONLY" : "READ_WRITE");
    case "version":
      return online ? number(model.release.databaseVersion) : null;
    case "collation":
      return online ? text(found === null ? SERVER.collation : model.profile(found).collation) : null;
    case "lastgoodcheckdbtime":
      return variant(found?.lastGoodCheckMs == null ? NEVER : wall(found.lastGoodCheckMs), datetime);
    case "edition":
      return text("Enterprise");
    case "isautoclose":
    case "isautoshrink":
    case "isinstandby":
    case "ispublished":
    case "issubscribed":
    case "ismergepublished":
    case "isfulltextenabled":
      return number(0);
    case "istornpagedetectionenabled":
      return number(0);
    default:
      return null;
  }
}

const PERMISSION_WORDS = /^[A-Z ]+$/i;

/** The functions that answer from the server's state. The sandbox's one login is a member of sysadmin. */
export function serverFunctions(model: SqlServerModel): Map<string, ScalarFunction> {
  const objectOf = (
    frame: Frame,
    match: (t: { name: string; schema: string; objectId: number }) => boolean,
  ) => {
    const database = model.findDatabase(frame.session.database);
    return database === null ? undefined : model.profile(database).tables.find(match);
  };
  const functions: Record<string, ScalarFunction> = {
    SERVERPROPERTY: defineFunction([sysname], sqlVariant, ([name]) => serverProperty(model, textOf(name))),
    DATABASEPROPERTYEX: defineFunction([sysname, sysname], sqlVariant, ([db, name]) =>
      databaseProperty(model, textOf(db), textOf(name)),
    ),
    DB_NAME: defineFunction(
      [int],
      sysname,
      ([id], frame) => (id === undefined ? frame.session.database : model.databaseNameOf(numberOf(id))),
      { min: 0 },
    ),
    DB_ID: defineFunction(
      [sysname],
      int,
      ([name], frame) => model.databaseId(name === undefined ? frame.session.database : textOf(name)),
      { min: 0 },
    ),
    SUSER_SNAME: defineFunction(
      [varbinary(85)],
      sysname,
      ([sid], frame) =>
        sid === undefined ? frame.session.login : sid instanceof Uint8Array ? loginOfSid(model, sid) : null,
      { min: 0 },
    ),
    IS_SRVROLEMEMBER: defineFunction(
      [sysname, sysname],
      int,
      ([role]) => {
        if (!/^(public|(sys|security|server|setup|process|disk|bulk)admin|dbcreator)$/i.test(textOf(role)))
          return null;
        // A login that lacks a right is no member of sysadmin.
        return (model.state.traits?.denied ?? []).length > 0 && !/^public$/i.test(textOf(role)) ? 0 : 1;
      },
      { min: 1 },
    ),
    HAS_PERMS_BY_NAME: defineFunction(
      [sysname, sysname, sysname, sysname, sysname],
      int,
      ([securable, kind, permission]) => {
        if (!PERMISSION_WORDS.test(textOf(permission))) return null;
        const denied = model.state.traits?.denied ?? [];
        // Rights of 2022, contained in VIEW SERVER STATE; an older server does not know their names.
        if (/^VIEW SERVER (PERFORMANCE|SECURITY) STATE$/i.test(textOf(permission))) {
          const major = Number.parseInt(
            model.state.traits?.productVersion ?? model.release.productVersion,
            10,
          );
          return major < 16 ? null : denied.includes("VIEW SERVER STATE") ? 0 : 1;
        }
        const object = kind === "OBJECT" ? ` ${textOf(securable).split(".").at(-1)}` : "";
        if (denied.includes(`${textOf(permission)}${object}`)) return 0;
        if (securable === null || typeof kind !== "string" || kind.toUpperCase() !== "DATABASE") return 1;
        return model.databaseName(
          textOf(securable)
            .replace(/^\[(.*)\]$/, "$1")
            .replace(/\]\]/g, "]"),
        ) === null
          ? null
          : 1;
      },
      { min: 3, acceptsNull: true },
    ),
    SCHEMA_NAME: defineFunction(
      [int],
      sysname,
      ([id]) => (id === undefined ? "dbo" : schemaName(numberOf(id))),
      { min: 0 },
    ),
    OBJECTPROPERTY: defineFunction([int, sysname], int, ([id, name], frame) => {
      if (/^TableIsFileTable$/i.test(textOf(name))) {
        const database = model.findDatabase(frame.session.database);
        const tables = database === null ? [] : model.profile(database).tables;
        const position = tables.findIndex((t) => t.objectId === id);
        return position >= 0 && position < (database?.traits?.fileTables ?? 0) ? 1 : 0;
      }
      if (objectOf(frame, (t) => t.objectId === id) === undefined) return null;
      return /^(IsUserTable|IsTable|TableHasPrimaryKey)$/i.test(textOf(name)) ? 1 : 0;
    }),
    FILEPROPERTY: defineFunction([sysname, sysname], int, ([file, name], frame) => {
      const database = model.findDatabase(frame.session.database);
      if (database === null || textOf(name).toLowerCase() !== "spaceused") return null;
      if (textOf(file).toLowerCase() !== database.name.toLowerCase()) return 128;
      return Math.round(((database.traits?.dataBytes ?? model.profile(database).dataBytes) * 0.72) / 8192);
    }),
  };
  return new Map(Object.entries(functions));
}
