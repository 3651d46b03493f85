import type { ServerRelease } from "../model/server-release";
import type { Frame } from "../tsql/engine-host";
import { nvarchar, type SqlType, type SqlValue, smallint } from "../tsql/sql-type";

type GlobalVariable = (frame: Frame, release: ServerRelease) => { type: SqlType; value: SqlValue };

/** `@@VERSION` and its kind, by upper-case name. */
export const globalVariables: Readonly<Record<string, GlobalVariable>> = {
  "@@VERSION": (_, release) => ({ type: nvarchar(300), value: release.versionText }),
  "@@SPID": (frame) => ({ type: smallint, value: frame.session.id }),
};
