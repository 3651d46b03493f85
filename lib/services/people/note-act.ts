import type { Ctx, Tx } from "@/lib/context/context";
import { type AuditFact, appendAudit } from "@/lib/store/append-audit";

export type Act = Pick<AuditFact, "action" | "subject"> & Partial<Pick<AuditFact, "outcome" | "detail">>;

/** Puts into the audit, in the transaction of what it tells, what whoever calls has done. */
export function noteAct(
  ctx: Ctx,
  tx: Tx,
  { action, subject, outcome = "done", detail = null }: Act,
): Promise<void> {
  return appendAudit(tx, {
    at: ctx.now(),
    actorId: ctx.actor.id,
    actor: ctx.actor.name,
    role: ctx.actor.role ?? "none",
    address: ctx.caller?.address ?? "",
    action,
    subject,
    outcome,
    detail,
    requestId: ctx.caller?.requestId ?? null,
  });
}
