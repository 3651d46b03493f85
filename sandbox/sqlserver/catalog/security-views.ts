import { createHash } from "node:crypto";
import type { SqlServerModel } from "../model/sql-server-model";
import { type View, type ViewRow, view } from "./define-view";
import { wall } from "./wall-time";

interface Principal {
  id: number;
  name: string;
  type: "S" | "U" | "R";
  database: string;
  sid: Uint8Array;
}

function sidOf(name: string): Uint8Array {
  return Uint8Array.from(createHash("md5").update(name.toLowerCase()).digest());
}

/** The administrator (sa has SID 0x01), the applications' logins, a Windows login and the fixed server roles. */
function principals(model: SqlServerModel): Principal[] {
  const list: Principal[] = [{ id: 1, name: "sa", type: "S", database: "master", sid: Uint8Array.from([1]) }];
  const add = (name: string, type: Principal["type"], database: string, id: number) => {
    if (!list.some((p) => p.name.toLowerCase() === name.toLowerCase()))
      list.push({ id, name, type, database, sid: sidOf(name) });
  };
  [
    "public",
    "sysadmin",
    "securityadmin",
    "serveradmin",
    "setupadmin",
    "processadmin",
    "diskadmin",
    "dbcreator",
    "bulkadmin",
  ].forEach((role, i) => {
    add(role, "R", "master", i + 2);
  });
  add(model.administrator, "S", "master", 259);
  model.state.databases.forEach((d, i) => {
    add(model.profile(d).login, "S", d.name, 260 + i);
  });
  add("PROD-SQL-01\\svc_sqlagent", "U", "master", 280);
  add("CORP\\DBA Team", "U", "master", 281);
  return list;
}

const DESCRIPTION = { S: "SQL_LOGIN", U: "WINDOWS_LOGIN", R: "SERVER_ROLE" } as const;

const loginRow =
  (model: SqlServerModel) =>
  (p: Principal): ViewRow => ({
    name: p.name,
    principal_id: p.id,
    sid: p.sid,
    type: p.type,
    type_desc: DESCRIPTION[p.type],
    is_disabled: p.name === "sa" && model.administrator.toLowerCase() !== "sa",
    create_date: wall(model.startedMs - 900 * 86_400_000),
    modify_date: wall(model.startedMs - 90 * 86_400_000),
    default_database_name: p.type === "R" ? null : p.database,
    default_language_name: p.type === "R" ? null : "us_english",
    credential_id: null,
    owning_principal_id: p.type === "R" ? 1 : null,
    is_fixed_role: p.type === "R",
    is_policy_checked: true,
    is_expiration_checked: false,
  });

const LOGIN = `name sysname, principal_id int, sid varbinary(85), type char(1), type_desc nvarchar(60), is_disabled bit,
  create_date datetime, modify_date datetime, default_database_name sysname, default_language_name sysname, credential_id int`;

/** Users of the current database: dbo, the application's, and in SalesDB one whose login is gone. */
function users(model: SqlServerModel, database: string): ViewRow[] {
  const row = (id: number, name: string, type: string, sid: Uint8Array | null): ViewRow => ({
    name,
    principal_id: id,
    type,
    type_desc: type === "S" ? "SQL_USER" : "DATABASE_ROLE",
    default_schema_name: type === "S" ? "dbo" : null,
    create_date: wall(model.startedMs - 400 * 86_400_000),
    modify_date: wall(model.startedMs - 400 * 86_400_000),
    sid,
    is_fixed_role: type === "R",
    authentication_type: name === "guest" || type === "R" ? 0 : 1,
    authentication_type_desc: name === "guest" || type === "R" ? "NONE" : "INSTANCE",
  });
  const list = [
    row(0, "public", "R", null),
    row(1, "dbo", "S", Uint8Array.from([1])),
    row(2, "guest", "S", Uint8Array.from([0])),
    row(3, "INFORMATION_SCHEMA", "S", null),
    row(4, "sys", "S", null),
  ];
  const found = model.findDatabase(database);
  if (found !== null) {
    const { login } = model.profile(found);
    list.push(row(5, login, "S", sidOf(login)));
    if (found.name === "SalesDB") list.push(row(6, "old_report", "S", sidOf("old_report")));
  }
  ["db_owner", "db_accessadmin", "db_securityadmin", "db_ddladmin"].forEach((name, i) => {
    list.push(row(16384 + i, name, "R", null));
  });
  ["db_backupoperator", "db_datareader", "db_datawriter"].forEach((name, i) => {
    list.push(row(16389 + i, name, "R", null));
  });
  return list;
}

const none = (columns: string): View => view(columns, () => []);

export const securityViews: Record<string, View> = {
  "sys.server_principals": view(`${LOGIN}, owning_principal_id int, is_fixed_role bit`, ({ model }) =>
    principals(model).map(loginRow(model)),
  ),
  "sys.sql_logins": view(
    `${LOGIN}, is_policy_checked bit, is_expiration_checked bit, password_hash varbinary(256)`,
    ({ model }) =>
      principals(model)
        .filter((p) => p.type === "S")
        .map(loginRow(model)),
  ),
  "sys.syslogins": view(
    "sid varbinary(85), name sysname, dbname sysname, sysadmin int, hasaccess int, isntname int",
    ({ model }) =>
      principals(model)
        .filter((p) => p.type !== "R")
        .map((p) => ({
          sid: p.sid,
          name: p.name,
          dbname: p.database,
          sysadmin: p.id < 260 ? 1 : 0,
          hasaccess: 1,
          isntname: p.type === "U" ? 1 : 0,
        })),
  ),
  "sys.server_role_members": view("role_principal_id int, member_principal_id int", ({ model }) =>
    principals(model)
      .filter((p) => p.type !== "R" && (p.id < 260 || p.id >= 280))
      .map((p) => ({ role_principal_id: 3, member_principal_id: p.id })),
  ),
  "sys.database_principals": view(
    `name sysname, principal_id int, type char(1), type_desc nvarchar(60), default_schema_name sysname, create_date datetime,
     modify_date datetime, owning_principal_id int, sid varbinary(85), is_fixed_role bit, authentication_type int,
     authentication_type_desc nvarchar(60)`,
    ({ model, database }) => users(model, database),
  ),
  "sys.database_role_members": view(
    "role_principal_id int, member_principal_id int",
    ({ model, database }) =>
      model.findDatabase(database) === null
        ? []
        : [
            { role_principal_id: 16390, member_principal_id: 5 },
            { role_principal_id: 16391, member_principal_id: 5 },
          ],
  ),
  "sys.server_permissions": none(
    "class tinyint, class_desc nvarchar(60), grantee_principal_id int, permission_name nvarchar(128), state_desc nvarchar(60)",
  ),
  "sys.database_permissions": none(
    `class tinyint, class_desc nvarchar(60), major_id int, grantee_principal_id int, permission_name nvarchar(128),
     state_desc nvarchar(60)`,
  ),
  "sys.credentials": none("credential_id int, name sysname, credential_identity nvarchar(4000)"),
};

/** The login with a SID; null when none has it. */
export function loginOfSid(model: SqlServerModel, sid: Uint8Array): string | null {
  return (
    principals(model).find((p) => Buffer.compare(Buffer.from(p.sid), Buffer.from(sid)) === 0)?.name ?? null
  );
}
