import { UTC_OFFSET_MINUTES } from "../model/sandbox-clock";
import type { SqlServerModel } from "../model/sql-server-model";
import { truncateTemporal } from "../tsql/convert-value";
import type { ScalarFunction } from "../tsql/engine-host";
import { defineFunction } from "../tsql/functions/define-function";
import { datetime, datetime2, datetimeoffset } from "../tsql/sql-type";

/** The server's clock, eight hours east of UTC. */
export function clockFunctions(model: SqlServerModel): Map<string, ScalarFunction> {
  const { clock } = model;
  const local = () => clock.localNow();
  return new Map<string, ScalarFunction>([
    ["GETDATE", defineFunction([], datetime, () => truncateTemporal(local(), datetime))],
    ["CURRENT_TIMESTAMP", defineFunction([], datetime, () => truncateTemporal(local(), datetime))],
    ["GETUTCDATE", defineFunction([], datetime, () => truncateTemporal(clock.now(), datetime))],
    ["SYSDATETIME", defineFunction([], datetime2, local)],
    ["SYSUTCDATETIME", defineFunction([], datetime2, () => clock.now())],
    [
      "SYSDATETIMEOFFSET",
      defineFunction([], datetimeoffset, () => ({ ms: clock.now(), offsetMinutes: UTC_OFFSET_MINUTES })),
    ],
  ]);
}
