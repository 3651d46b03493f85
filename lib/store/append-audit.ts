import { digestOf } from "./event-chain";
import { Prisma } from "./generated/client";

/** `refused`: a rule said no. `failed`: it was allowed and did not come about. */
export type AuditOutcome = "done" | "refused" | "failed";

export interface AuditFact {
  at: Date;
  actorId: string;
  actor: string;
  /** `none` for those who are not signed in. */
  role: string;
  address: string;
  action: string;
  subject: string;
  outcome: AuditOutcome;
  detail: Record<string, string | number | boolean | null> | null;
  requestId: string | null;
}

/** Any number that no other advisory lock of ours has: one transaction at a time appends, so the chain has one end. */
const CHAIN_LOCK = 1_402_001;

/**
 * Appends to the audit in the transaction of what it tells. Each entry carries a hash of itself and of the one before, as events
 * do. Until the transaction ends no other one appends: also what must be decided by one at a time is decided after it.
 */
export async function appendAudit(tx: Prisma.TransactionClient, fact: AuditFact): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
  const last = await tx.auditEntry.findFirst({
    orderBy: { seq: "desc" },
    select: { seq: true, hash: true },
  });
  const entry = { ...fact, seq: (last?.seq ?? 0) + 1 };
  const hash = auditHash(last?.hash ?? "", entry);
  await tx.auditEntry.create({ data: { ...entry, detail: entry.detail ?? Prisma.DbNull, hash } });
}

/** SHA-256, in hex, of an entry together with the hash of the entry before it, the empty text before the first. */
export function auditHash(
  before: string,
  entry: Omit<AuditFact, "outcome" | "detail"> & { seq: number; outcome: string; detail: unknown },
): string {
  const { seq, at, actorId, actor, role, address, action, subject, outcome, detail, requestId } = entry;
  const told = { seq, at: at.toISOString(), actorId, actor, role, address, action, subject, outcome };
  return digestOf({ before, ...told, detail, requestId });
}
