import type { DatabaseState, UserAccess } from "../model/server-state";
import type { ServerSession } from "../model/sessions";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { SqlError } from "../tsql/sql-error";
import type { AlterDatabaseStatement } from "../tsql/statement";
import { sendMessage } from "./send-message";

/** How often a waiting ALTER DATABASE looks whether the other sessions are gone, in server seconds. */
const LOOK_EVERY = 3;

const HARMLESS = new Set(
  `AUTO_CLOSE AUTO_SHRINK AUTO_CREATE_STATISTICS AUTO_UPDATE_STATISTICS AUTO_UPDATE_STATISTICS_ASYNC PAGE_VERIFY COMPATIBILITY_LEVEL
   QUERY_STORE TARGET_RECOVERY_TIME TRUSTWORTHY ALLOW_SNAPSHOT_ISOLATION READ_COMMITTED_SNAPSHOT DELAYED_DURABILITY
   PARAMETERIZATION ANSI_NULLS ANSI_WARNINGS QUOTED_IDENTIFIER ARITHABORT CURSOR_DEFAULT`.split(/\s+/),
);

/** ALTER DATABASE … SET: recovery model, who may enter, read-only, offline. Errors come with 5069 behind them. */
export async function alterDatabase(
  statement: AlterDatabaseStatement,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const name = statement.database ?? frame.session.database;
  const database = model.findDatabase(name);
  if (database === null && model.databaseName(name) === null) {
    throw failed(
      new SqlError(
        5011,
        14,
        `User does not have permission to alter database '${name}', the database does not exist, or the database is not in a state that allows access checks.`,
        { state: 5 },
      ),
    );
  }
  if (database === null || statement.set === null) {
    throw failed(
      new SqlError(
        5058,
        16,
        `Option '${statement.set?.[0]?.[0] ?? "MODIFY"}' cannot be set in database '${name}'.`,
      ),
    );
  }
  for (const words of statement.set) await setOption(database, words, statement, frame, model);
}

function failed(cause: SqlError): SqlError {
  return new SqlError(5069, 16, "ALTER DATABASE statement failed.", { preceding: [cause] });
}

async function setOption(
  database: DatabaseState,
  words: readonly string[],
  statement: AlterDatabaseStatement,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const [option = "", value = ""] = words;
  const isRestoring = database.state === "RESTORING";
  if (isRestoring || (database.state === "OFFLINE" && option !== "ONLINE")) {
    const text = isRestoring
      ? `ALTER DATABASE is not permitted while a database is in the Restoring state.`
      : `Database '${database.name}' cannot be opened because it is offline.`;
    throw failed(new SqlError(isRestoring ? 5052 : 942, 16, text));
  }
  switch (option) {
    case "RECOVERY":
      setRecovery(database, value, model);
      return;
    case "MULTI_USER":
      if (database.userAccess === "SINGLE_USER" && othersIn(database, frame, model, () => true).length > 0) {
        throw failed(
          new SqlError(
            5064,
            16,
            `Changes to the state or options of database '${database.name}' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.`,
          ),
        );
      }
      model.setUserAccess(database, "MULTI_USER");
      return;
    case "RESTRICTED_USER":
    case "SINGLE_USER":
      await enter(database, option, statement, frame, model);
      return;
    case "READ_ONLY":
    case "READ_WRITE":
      await clear(database, statement, frame, model, () => true);
      model.change(database, () => {
        database.readOnly = option === "READ_ONLY";
      });
      return;
    case "OFFLINE":
      await clear(database, statement, frame, model, () => true);
      model.change(database, () => {
        database.state = "OFFLINE";
      });
      return;
    case "ENCRYPTION":
      setEncryption(database, value, model);
      return;
    case "ONLINE":
      model.change(database, () => {
        database.state = "ONLINE";
      });
      return;
    default:
      if (!HARMLESS.has(option)) {
        throw failed(
          new SqlError(5058, 16, `Option '${option}' cannot be set in database '${database.name}'.`),
        );
      }
  }
}

function setRecovery(database: DatabaseState, value: string, model: SqlServerModel): void {
  if (value !== "FULL" && value !== "SIMPLE" && value !== "BULK_LOGGED") {
    throw new SqlError(102, 15, `Incorrect syntax near '${value}'.`, { abortsBatch: true });
  }
  model.setRecovery(database, value);
}

/** Decrypting is quick here: these databases are small. Encrypting would need a key that nobody made. */
function setEncryption(database: DatabaseState, value: string, model: SqlServerModel): void {
  if (value !== "OFF") {
    throw failed(
      new SqlError(
        33107,
        16,
        "Cannot enable database encryption because it is already enabled or there is no database encryption key.",
      ),
    );
  }
  if (database.isEncrypted !== true) {
    throw failed(
      new SqlError(33108, 16, "Cannot disable database encryption because it is already disabled."),
    );
  }
  model.change(database, () => {
    database.isEncrypted = false;
  });
}

/** Members of db_owner, dbcreator and sysadmin may stay in a restricted database; the applications are none of them. */
async function enter(
  database: DatabaseState,
  access: Exclude<UserAccess, "MULTI_USER">,
  statement: AlterDatabaseStatement,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const mustLeave =
    access === "RESTRICTED_USER" ? (session: ServerSession) => !session.connected : () => true;
  const killed = await clear(database, statement, frame, model, mustLeave);
  model.setUserAccess(database, access);
  if (killed > 0) {
    sendMessage(
      frame,
      5060,
      "Nonqualified transactions are being rolled back. Estimated rollback completion: 100%.",
    );
  }
}

function othersIn(
  database: DatabaseState,
  frame: Frame,
  model: SqlServerModel,
  mustLeave: (session: ServerSession) => boolean,
): ServerSession[] {
  return model.sessionsOf(database).filter((s) => s.id !== frame.session.id && mustLeave(s));
}

/** Gets the sessions out as the termination clause says; without one it waits for as long as it takes. */
async function clear(
  database: DatabaseState,
  statement: AlterDatabaseStatement,
  frame: Frame,
  model: SqlServerModel,
  mustLeave: (session: ServerSession) => boolean,
): Promise<number> {
  const { termination } = statement;
  const others = () => othersIn(database, frame, model, mustLeave);
  const present = others();
  if (present.length === 0) return 0;
  if (termination.kind === "no-wait") {
    throw failed(
      new SqlError(
        5070,
        16,
        `Database state cannot be changed while other users are using the database '${database.name}'`,
        { state: 2 },
      ),
    );
  }
  if (termination.kind === "wait") {
    const running = model.sessions.get(frame.session.id)?.request ?? null;
    if (running !== null) running.waitType = "LCK_M_X";
    while (others().length > 0) await model.clock.wait(LOOK_EVERY, frame.signal);
    return 0;
  }
  if (termination.afterSeconds > 0) await model.clock.wait(termination.afterSeconds, frame.signal);
  const left = others();
  for (const session of left) session.disconnect();
  return left.length;
}
