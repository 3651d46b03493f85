import { hostname } from "node:os";
import { z } from "zod";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { type AuditRow, auditView } from "./read-audit";

/** Where it goes, as `lib/network` makes it. */
export interface AuditOut {
  format: "syslog" | "json";
  send(lines: readonly string[]): Promise<void>;
}

const KEY = "audit_forwarded";
/** By where it went: the number of the last entry. */
const Forwarded = z.record(z.string(), z.number().int());
const BATCH = 200;

/**
 * Sends the entries of the audit that have not gone to `target` yet, the oldest first, and keeps how far it came after each batch. Whatever
 * happens between the two, no entry is left out; some may go twice, and have their number and hash by which that shows. Returns how many
 * went. Throws what `out.send` throws.
 */
export async function forwardAudit({
  ctx,
  input,
}: Use<{ target: string; out: AuditOut; signal: AbortSignal }>): Promise<number> {
  requireRole(ctx.actor, "administrator");
  const { target, out, signal } = input;
  let sent = 0;
  while (!signal.aborted) {
    const known = await readForwarded(ctx);
    const rows: AuditRow[] = await ctx.db.auditEntry.findMany({
      where: { seq: { gt: known[target] ?? 0 } },
      orderBy: { seq: "asc" },
      take: BATCH,
    });
    const last = rows.at(-1);
    if (last === undefined) return sent;
    await out.send(rows.map(out.format === "json" ? auditLine : syslogMessage));
    sent += rows.length;
    const value = { ...known, [target]: last.seq };
    await ctx.db.setting.upsert({ where: { key: KEY }, create: { key: KEY, value }, update: { value } });
  }
  return sent;
}

async function readForwarded({ db }: Ctx): Promise<z.infer<typeof Forwarded>> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  return row === null ? {} : Forwarded.parse(row.value);
}

/** An entry as JSON, in one line. */
export function auditLine(row: AuditRow): string {
  const { detail, hash, requestId, actorId } = row;
  return JSON.stringify({ ...auditView(row), actorId, detail, requestId, hash });
}

/** Facility 13, log audit. https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1 */
const FACILITY = 13;
const SEVERITY = { done: 6, refused: 4, failed: 3 } as const;

/** The same as a message of RFC 5424, whose text is that JSON. No structured data: it would want a number of the IANA's. */
export function syslogMessage(row: AuditRow): string {
  const { at, outcome } = auditView(row);
  const host =
    hostname()
      .replace(/[^!-~]/g, "")
      .slice(0, 255) || "-";
  return `<${FACILITY * 8 + SEVERITY[outcome]}>1 ${at} ${host} chainferry ${process.pid} audit - ${auditLine(row)}`;
}
