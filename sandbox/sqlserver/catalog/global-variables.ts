import { VERSION_TEXT } from "../model/server-identity";
import type { Frame } from "../tsql/engine-host";
import { nvarchar, type SqlType, type SqlValue, smallint } from "../tsql/sql-type";

type GlobalVariable = (frame: Frame) => { type: SqlType; value: SqlValue };

/** `@@VERSION` and its kind, by upper-case name. */
export const globalVariables: Readonly<Record<string, GlobalVariable>> = {
  "@@VERSION": () => ({ type: nvarchar(300), value: VERSION_TEXT }),
  "@@SPID": (frame) => ({ type: smallint, value: frame.session.id }),
};
