import type { IncomingMessage } from "node:http";
import type { LiveScenario } from "@/sandbox/scenario/live-scenario";
import type { LedgerEntry, RdsRecords } from "./records";

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

/**
 * The sandbox's own pages, which RDS has none of: `GET /sandbox/ledger`, `GET` and `PUT /sandbox/scenario` with
 * `{"scenario":"tde,ia-bucket"}`. Its caller has asked for the sandbox's key.
 */
export async function answerControl(
  incoming: IncomingMessage,
  { records, scenario }: { records: RdsRecords; scenario: LiveScenario },
): Promise<{ status: number; body: object }> {
  const asked = `${incoming.method} ${incoming.url}`;
  if (asked === "GET /sandbox/ledger") {
    const ledger: ImportLedger = { entries: records.ledger };
    return { status: 200, body: ledger };
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
