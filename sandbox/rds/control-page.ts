import type { IncomingMessage } from "node:http";
import { rowsOf } from "@/sandbox/sqlserver/model/contents";
import type { RdsContext } from "./rds-context";
import type { LedgerEntry, RdsRecords, TaskRecord } from "./records";
import { databaseStandingAt } from "./task-standing";

/** Answer of `GET /sandbox/ledger`: every accepted CreateMigrateTask of all instances, in order. */
export interface ImportLedger {
  entries: LedgerEntry[];
}

const LARGEST_BODY_BYTES = 4096;

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    text += chunk.toString("utf8");
    if (text.length > LARGEST_BODY_BYTES) return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readWrites(body: unknown): { database: string; seconds: number } | null {
  if (typeof body !== "object" || body === null) return null;
  const [database, seconds] = [Reflect.get(body, "database"), Number(Reflect.get(body, "seconds"))];
  return typeof database === "string" && seconds > 0 ? { database, seconds } : null;
}

/** Rows by table of an imported database that is open, as a query on RDS would count them; null: there is none such. */
function rowsOnRds(
  { records, now }: Pick<RdsContext, "records" | "now">,
  database: string,
): Record<string, number> | null {
  const task = findOnline(records, database, now());
  return task?.contents ? rowsOf(task.contents) : null;
}

function findOnline(records: RdsRecords, database: string, nowMs: number): TaskRecord | undefined {
  return records.tasks.findLast(
    (task) => task.databaseName === database && databaseStandingAt(task, nowMs) === "online",
  );
}

/**
 * The sandbox's own pages, which RDS has none of: `GET /sandbox/ledger`, `GET` and `PUT /sandbox/scenario` with
 * `{"scenario":"tde,ia-bucket"}`, `GET /sandbox/rows?database=` for who would count on RDS, and `POST /sandbox/writes` with
 * `{"database":"SalesDB","seconds":600}`: applications have written to RDS for so long. Its caller has asked for the sandbox's key.
 */
export async function answerControl(
  incoming: IncomingMessage,
  { records, scenario, now, save }: Pick<RdsContext, "records" | "scenario" | "now" | "save">,
): Promise<{ status: number; body: object }> {
  const asked = `${incoming.method} ${incoming.url}`;
  if (asked === "GET /sandbox/ledger") {
    const ledger: ImportLedger = { entries: records.ledger };
    return { status: 200, body: ledger };
  }
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://sandbox");
  if (asked.startsWith("GET ") && pathname === "/sandbox/rows") {
    const rows = rowsOnRds({ records, now }, searchParams.get("database") ?? "");
    return rows === null
      ? { status: 404, body: { message: "No such database" } }
      : { status: 200, body: { rows } };
  }
  if (asked === "POST /sandbox/writes") {
    const body = readWrites(await readJson(incoming));
    const contents = body && findOnline(records, body.database, now())?.contents;
    if (!contents) return { status: 404, body: { message: "No such database" } };
    contents.loadSeconds += body.seconds;
    save();
    return { status: 200, body: { rows: rowsOf(contents) } };
  }
  if (asked === "PUT /sandbox/scenario") {
    const body = await readJson(incoming);
    const wanted = typeof body === "object" && body !== null ? Reflect.get(body, "scenario") : null;
    try {
      scenario.change(String(wanted));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { status: 400, body: { message: error.message } };
    }
  } else if (asked !== "GET /sandbox/scenario") {
    return { status: 404, body: { message: `No page ${asked}` } };
  }
  return { status: 200, body: { scenario: scenario.names } };
}
