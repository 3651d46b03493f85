import { UTC_OFFSET_MINUTES } from "../model/sandbox-clock";
import type { SqlServerModel } from "../model/sql-server-model";
import { truncateTemporal } from "../tsql/convert-value";
import type { ScalarFunction } from "../tsql/engine-host";
import { defineFunction } from "../tsql/functions/define-function";
import { datetime, datetime2, datetimeoffset } from "../tsql/sql-type";

/** The server's clock, eight hours east of UTC. */
export function clockFunctions(model: SqlServerModel): Map<string, ScalarFunction> {
  const { clock } = model;
  const ahead = () => (model.state.traits?.clockOffsetSeconds ?? 0) * 1000;
  const local = () => clock.localNow() + ahead();
  const utc = () => clock.now() + ahead();
  return new Map<string, ScalarFunction>([
    ["GETDATE", defineFunction([], datetime, () => truncateTemporal(local(), datetime))],
    ["SYSDATETIME", defineFunction([], datetime2, local)],
    ["SYSUTCDATETIME", defineFunction([], datetime2, utc)],
    [
      "SYSDATETIMEOFFSET",
      defineFunction([], datetimeoffset, () => ({ ms: utc(), offsetMinutes: UTC_OFFSET_MINUTES })),
    ],
  ]);
}
