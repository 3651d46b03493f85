import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { AuditEntryView, AuditFilter } from "@/lib/contracts/audit";
import { type CsvColumn, csvHead, csvLine } from "@/lib/services/record/csv-text";
import { auditLine } from "./forward-audit";
import { AUDIT_BATCH, type AuditRow, auditView, auditWhere } from "./read-audit";

const COLUMNS: readonly CsvColumn<AuditEntryView & { hash: string }>[] = [
  ["number", ({ seq }) => String(seq)],
  ["at_utc", ({ at }) => at],
  ["by", ({ actor }) => actor],
  ["role", ({ role }) => role],
  ["from", ({ address }) => address],
  ["action", ({ action }) => action],
  ["subject", ({ subject }) => subject],
  ["outcome", ({ outcome }) => outcome],
  ["detail", ({ detail }) => detail],
  ["hash", ({ hash }) => hash],
];

/**
 * The audit as CSV, the newest first, all of it, piece by piece; with each entry's hash, by which a copy kept elsewhere shows a later
 * change.
 */
export async function* auditCsv({ ctx, input }: Use<AuditFilter>): AsyncGenerator<string, void> {
  requireRole(ctx.actor, "administrator");
  yield csvHead(COLUMNS);
  for await (const rows of batches(ctx, input)) {
    yield rows.map((row) => csvLine(COLUMNS, { ...auditView(row), hash: row.hash })).join("");
  }
}

/** The same as JSON, an object a line, for what collects logs; `detail` is an object, and the id of the request is with it. */
export async function* auditJsonLines({ ctx, input }: Use<AuditFilter>): AsyncGenerator<string, void> {
  requireRole(ctx.actor, "administrator");
  for await (const rows of batches(ctx, input)) {
    yield rows.map((row) => `${auditLine(row)}\n`).join("");
  }
}

async function* batches(ctx: Ctx, filter: AuditFilter): AsyncGenerator<AuditRow[], void> {
  let before: number | null = null;
  while (true) {
    const rows: AuditRow[] = await ctx.db.auditEntry.findMany({
      where: auditWhere(filter, before),
      orderBy: { seq: "desc" },
      take: AUDIT_BATCH,
    });
    if (rows.length > 0) yield rows;
    before = rows.at(-1)?.seq ?? null;
    if (rows.length < AUDIT_BATCH) return;
  }
}
