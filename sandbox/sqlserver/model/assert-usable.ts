import { SqlError } from "../tsql/sql-error";
import type { SqlServerModel } from "./sql-server-model";

/** Throws what SQL Server says when a session enters a database it cannot use now: 927, 942, 924. */
export function assertUsable(
  model: SqlServerModel,
  name: string,
  session: { id: number; database: string },
): void {
  const database = model.findDatabase(name);
  if (database === null) return;
  const text = (number: number, message: string) =>
    new SqlError(number, 14, message, { state: 2, abortsBatch: true });
  if (database.state === "RESTORING") {
    throw text(927, `Database '${database.name}' cannot be opened. It is in the middle of a restore.`);
  }
  if (database.traits?.isSuspect === true) {
    throw text(926, `Database '${database.name}' cannot be opened. It has been marked SUSPECT by recovery.`);
  }
  if (database.state === "OFFLINE") {
    throw text(942, `Database '${database.name}' cannot be opened because it is offline.`);
  }
  if (database.userAccess !== "SINGLE_USER" || session.database === database.name) return;
  if (model.sessionsOf(database).some((other) => other.id !== session.id)) {
    throw text(924, `Database '${database.name}' is already open and can only have one user at a time.`);
  }
}
