import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { AcceptWarningInput, PreflightView } from "@/lib/contracts/preflight";
import { AppError } from "@/lib/diagnosis/app-error";
import { appendEvents } from "@/lib/store/append-events";
import { listPreflight } from "./list-preflight";
import { toProbeView } from "./store-probes";

/**
 * A person takes a warning upon themselves, with a reason that stays on record. Throws `conflict`/`warning_changed` when
 * the answer is not the one that was shown, `warning_only` for what is no warning.
 */
export async function acceptWarning({
  ctx,
  input,
}: Use<{ migrationId: string } & AcceptWarningInput>): Promise<PreflightView> {
  requireRole(ctx.actor, "operator");
  const { migrationId, probe, gist, reason } = input;
  await ctx.db.$transaction(async (tx) => {
    const where = { migrationId_probeId: { migrationId, probeId: probe } };
    const row = await tx.migrationProbe.findUnique({ where });
    const view = row ? toProbeView(row) : null;
    if (!row || !view) throw new AppError("not_found", "probe_unknown", { probe });
    if (view.verdict !== "warn") throw new AppError("conflict", "warning_only", { probe });
    if (view.gist !== gist) throw new AppError("conflict", "warning_changed", { probe });
    const at = ctx.now();
    // Conditional on the answer: a round of probes may end at this moment.
    const kept = await tx.migrationProbe.updateMany({
      where: { migrationId, probeId: probe, at: row.at },
      data: { acceptedReason: reason, acceptedBy: ctx.actor.name, acceptedAt: at },
    });
    if (kept.count !== 1) throw new AppError("conflict", "warning_changed", { probe });
    await appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at,
      events: [
        { type: "warning_accepted", payload: { probe, why: reason, answer: view.answer.slice(0, 300) } },
      ],
    });
  });
  return listPreflight({ ctx, input: { migrationId } });
}
