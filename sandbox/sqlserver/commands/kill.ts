import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { evaluate } from "../tsql/run-statements";
import { SqlError } from "../tsql/sql-error";
import { int } from "../tsql/sql-type";
import type { Statement } from "../tsql/statement";

/** KILL session: ends its connection. Errors 6104 (oneself) and 6106 (nobody). */
export async function kill(
  statement: Statement & { kind: "kill" },
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const id = Number(evaluate(statement.session, frame, int) ?? 0);
  if (id === frame.session.id) throw new SqlError(6104, 16, "Cannot use KILL to kill your own process.");
  const session = model.sessions.all(model.state.databases).find((s) => s.id === id);
  if (session === undefined)
    throw new SqlError(6106, 16, `Process ID ${id} is not an active process ID.`, { state: 2 });
  session.disconnect();
}
