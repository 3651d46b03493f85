import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import {
  AUDIT_OUTCOMES,
  type AuditEntryView,
  type AuditFilter,
  type AuditPageView,
  type AuditQuery,
} from "@/lib/contracts/audit";
import { auditHash } from "@/lib/store/append-audit";
import type { Prisma } from "@/lib/store/generated/client";

const PAGE = 100;
/** Entries read at once. */
export const AUDIT_BATCH = 1_000;
const DAY_MS = 86_400_000;

export type AuditRow = Awaited<ReturnType<Ctx["db"]["auditEntry"]["findFirstOrThrow"]>>;

/** One page of the audit, the newest first: for administrators. */
export async function listAudit({ ctx, input }: Use<AuditQuery>): Promise<AuditPageView> {
  requireRole(ctx.actor, "administrator");
  const rows = await ctx.db.auditEntry.findMany({
    where: auditWhere(input, /^\d+$/.test(input.before) ? Number(input.before) : null),
    orderBy: { seq: "desc" },
    take: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  return { entries: shown.map(auditView), next: rows.length > PAGE ? (shown.at(-1)?.seq ?? null) : null };
}

/** Follows the chain from its first entry. `brokenAt`: the number of the first entry that is not as it was written. */
export async function verifyAudit({
  ctx,
}: {
  ctx: Ctx;
}): Promise<{ entries: number; head: string | null; brokenAt: number | null }> {
  requireRole(ctx.actor, "administrator");
  let last = { seq: 0, hash: "" };
  while (true) {
    const rows = await ctx.db.auditEntry.findMany({
      where: { seq: { gt: last.seq } },
      orderBy: { seq: "asc" },
      take: AUDIT_BATCH,
    });
    for (const row of rows) {
      if (row.seq !== last.seq + 1 || row.hash !== auditHash(last.hash, row)) {
        return { entries: last.seq, head: last.hash || null, brokenAt: last.seq + 1 };
      }
      last = row;
    }
    if (rows.length < AUDIT_BATCH) return { entries: last.seq, head: last.hash || null, brokenAt: null };
  }
}

/** Entries that a filter lets through, before a number; null: from the newest. */
export function auditWhere({ person, action, outcome, from, to }: AuditFilter, before: number | null) {
  const where: Prisma.AuditEntryWhereInput = {
    ...(before === null ? {} : { seq: { lt: before } }),
    ...(outcome === null ? {} : { outcome }),
    ...(person === "" ? {} : { actor: { contains: person, mode: "insensitive" } }),
    at: {
      ...(from === null ? {} : { gte: new Date(from) }),
      ...(to === null ? {} : { lt: new Date(Date.parse(to) + DAY_MS) }),
    },
  };
  if (action === "") return where;
  const contains = { contains: action, mode: "insensitive" } as const;
  return { ...where, OR: [{ action: contains }, { subject: contains }] };
}

/** An entry as it is told. */
export function auditView({
  seq,
  at,
  actor,
  role,
  address,
  action,
  subject,
  outcome,
  detail,
}: AuditRow): AuditEntryView {
  return {
    ...{ seq, actor, role, address, action, subject },
    at: at.toISOString(),
    outcome: AUDIT_OUTCOMES.find((each) => each === outcome) ?? "failed",
    detail: detail === null ? "" : JSON.stringify(detail),
  };
}
