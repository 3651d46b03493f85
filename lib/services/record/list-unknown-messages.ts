import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { explainMessage } from "@/lib/diagnosis/explain-message";
import type { UnknownMessage } from "@/lib/store/generated/client";
import { type CsvColumn, csvText } from "./csv-text";

/**
 * Messages of RDS, RAM, OSS and SQL Server on record that `explainMessage` does not know, also not by now, those said last
 * first: what to ask the provider's support about, and what to add to the table.
 */
export async function listUnknownMessages({ ctx }: { ctx: Ctx }): Promise<UnknownMessage[]> {
  requireRole(ctx.actor, "viewer");
  const rows = await ctx.db.unknownMessage.findMany({
    orderBy: [{ lastSeenAt: "desc" }, { fingerprint: "asc" }],
  });
  return rows.filter(({ text, code }) => explainMessage(text) === null && explainMessage(code) === null);
}

const COLUMNS = [
  ["message", (row) => row.text],
  ["system", (row) => row.system],
  ["code", (row) => row.code],
  ["request_id", (row) => row.requestId],
  ["place", (row) => row.place],
  ["first_seen_at", (row) => row.firstSeenAt.toISOString()],
  ["last_seen_at", (row) => row.lastSeenAt.toISOString()],
  ["count", (row) => String(row.count)],
] as const satisfies readonly CsvColumn<UnknownMessage>[];

/** The list as CSV. */
export function unknownMessagesCsv(messages: readonly UnknownMessage[]): string {
  return csvText<UnknownMessage>(COLUMNS, messages);
}
