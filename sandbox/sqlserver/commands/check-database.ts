import { arrange, columnsOf } from "../catalog/define-view";
import { assertUsable } from "../model/assert-usable";
import type { DatabaseState } from "../model/server-state";
import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame } from "../tsql/engine-host";
import { SqlError } from "../tsql/sql-error";
import { sendMessage } from "./send-message";

/** Server seconds of a whole check; each table takes its share. */
const CHECK_SECONDS = 40;
const SYSTEM_TABLES = [
  "sys.sysrscols",
  "sys.sysrowsets",
  "sys.sysallocunits",
  "sys.sysschobjs",
  "sys.syscolpars",
];
const BROKER = [
  "Message Types",
  "Service Contracts",
  "Services",
  "Service Queues",
  "Conversation Endpoints",
  "Conversation Groups",
  "Remote Service Bindings",
  "Audits",
];

/**
 * DBCC CHECKDB of a sound database. Without NO_INFOMSGS it reports every table; with it a clean check says nothing.
 * The running phase and its percent are to be seen in sys.dm_exec_requests.
 */
export async function checkDatabase(
  name: string | null,
  options: readonly string[],
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const wanted = name === null || name === "0" ? frame.session.database : name;
  const stored = /^\d+$/.test(wanted) ? model.databaseNameOf(Number(wanted)) : model.databaseName(wanted);
  if (stored === null) {
    throw new SqlError(
      2520,
      16,
      `Could not find database '${wanted}'. The database either does not exist, or was dropped before a statement tried to use it. Verify if the database exists by querying the sys.databases catalog view.`,
      { state: 5 },
    );
  }
  assertUsable(model, stored, frame.session);
  const database = model.findDatabase(stored);
  if (options.includes("ESTIMATEONLY")) {
    estimate(frame, database === null ? 8_000_000 : model.profile(database).dataBytes);
    return;
  }
  const quiet =
    options.includes("NO_INFOMSGS") || options.includes("PHYSICAL_ONLY") || options.includes("TABLERESULTS");
  const say = (number: number, text: string) => {
    if (!quiet) sendMessage(frame, number, text);
  };
  frame.sink.flush();
  await phases(stored, database, say, frame, model);
  const damaged = database?.traits?.consistencyErrors ?? 0;
  if (damaged > 0) throw damage(stored, damaged, frame);
  if (database !== null) {
    model.change(database, () => {
      database.lastGoodCheckMs = Math.floor(model.clock.now() / 10) * 10;
    });
  }
  say(8989, `CHECKDB found 0 allocation errors and 0 consistency errors in database '${stored}'.`);
  say(2528, "DBCC execution completed. If DBCC printed error messages, contact your system administrator.");
}

async function phases(
  stored: string,
  database: DatabaseState | null,
  say: (number: number, text: string) => void,
  frame: Frame,
  model: SqlServerModel,
): Promise<void> {
  const running = model.sessions.get(frame.session.id)?.request ?? null;
  const phase = (command: string, percent: number) => {
    if (running === null) return;
    running.command = command;
    running.database = stored;
    running.percent = percent;
  };
  const tables = database === null ? [] : model.profile(database).tables;
  const share = CHECK_SECONDS / (SYSTEM_TABLES.length + tables.length + 2);
  phase("DBCC ALLOC CHECK", 0);
  say(2536, `DBCC results for '${stored}'.`);
  BROKER.forEach((what, i) => {
    say(9675 + i, `Service Broker Msg ${9675 + i}, State 1: ${what} analyzed: ${i < 3 ? 14 - i * 5 : 0}.`);
  });
  await model.clock.wait(share, frame.signal);
  const total = SYSTEM_TABLES.length + tables.length;
  const all = [
    ...SYSTEM_TABLES.map((name, i) => ({ name, rows: 1_100 - i * 140 })),
    ...tables.map((t) => ({
      name: t.schema === "dbo" ? t.name : `${t.schema}.${t.name}`,
      rows: database === null ? 0 : model.rowCount(database, t),
    })),
  ];
  for (const [i, table] of all.entries()) {
    phase("DBCC TABLE CHECK", (i * 100) / total);
    await model.clock.wait(share, frame.signal);
    say(2536, `DBCC results for '${table.name}'.`);
    say(
      2593,
      `There are ${table.rows} rows in ${Math.ceil(table.rows / 120)} pages for object "${table.name}".`,
    );
  }
  phase("DBCC CHECKCATALOG", 0);
  await model.clock.wait(share, frame.signal);
}

function estimate(frame: Frame, bytes: number): void {
  const kilobytes = (part: number) => Math.round((bytes * part) / 1024);
  for (const [title, part] of [
    ["Estimated TEMPDB space (in KB) needed for CHECKALLOC", 0.0005],
    ["Estimated TEMPDB space (in KB) needed for CHECKTABLES", 0.004],
  ] as const) {
    const columns = columnsOf(`[${title} with estimate only] int`);
    frame.sink.resultSet(columns, arrange(columns, [{ [`${title} with estimate only`]: kilobytes(part) }]));
  }
}

/** What DBCC says of a damaged page, the count of it in the message that follows. */
function damage(stored: string, errors: number, frame: Frame): SqlError {
  sendMessage(
    frame,
    8989,
    `CHECKDB found 0 allocation errors and ${errors} consistency errors in database '${stored}'.`,
  );
  return new SqlError(
    8939,
    16,
    "Table error: Object ID 277576027, index ID 1, partition ID 72057594043170816, alloc unit ID 72057594049462272 (type In-row data), page (1:2264). Test (IS_OFF (BUF_IOERR, pBUF->bstat)) failed. Values are 133129 and -4.",
    { state: 98 },
  );
}
