import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { KeptPlan } from "@/lib/contracts/kept-plan";
import { MigrationDraft } from "@/lib/contracts/migration";
import type { PlanView } from "@/lib/contracts/plan";
import { AppError } from "@/lib/diagnosis/app-error";
import { planMigration, startForCutover } from "@/lib/forecast/plan-migration";
import { planInputOf } from "@/lib/plan/plan-input-of";
import { instant, toPlanView } from "@/lib/plan/plan-view";
import { isSandboxDraft } from "./is-sandbox-draft";
import { readPlanBase } from "./plan-base";

/**
 * The plan of a draft as it is saved: when each part begins and ends, how long the database is down. For a wanted cutover it
 * is planned backwards, from the start that meets it nine times of ten. Changes nothing. Throws `not_found`, and
 * `precondition_failed`/`plan_needs_size` when nobody knows how large the database is.
 */
export async function planDraft({ ctx, input }: Use<{ migrationId: string }>): Promise<PlanView> {
  requireRole(ctx.actor, "viewer");
  const row = await ctx.db.migration.findUnique({
    where: { id: input.migrationId },
    select: { draft: true },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const made = await makePlan(ctx, MigrationDraft.parse(row.draft), null);
  if (made === null) throw new AppError("precondition_failed", "plan_needs_size");
  return made.plan;
}

/** The plan that a migration keeps when it starts now. Null when nobody knows how large the database is. */
export async function makePlan(
  ctx: Ctx,
  draft: MigrationDraft,
  startsAt: Date | null,
): Promise<KeptPlan | null> {
  const timeFactor = (await isSandboxDraft(ctx.db, draft)) ? (ctx.system.sandbox?.timeFactor ?? 1) : 1;
  const base = await readPlanBase(ctx, draft, timeFactor);
  if (base === null) return null;
  const { method, checkMode, writesStopped: writesStop } = draft;
  const { startAt, cutoverAt } = draft.plan;
  const startMs = startsAt?.getTime() ?? (startAt === null ? ctx.now().getTime() : Date.parse(startAt));
  const input = planInputOf(base, { startMs, method, writesStop, checkMode, timeFactor });
  const kept = (plan: PlanView): KeptPlan => ({
    version: 1,
    madeAt: instant(ctx.now().getTime()),
    base,
    plan,
  });
  if (cutoverAt === null) return kept(toPlanView(planMigration(input), input, null));
  const starts = startForCutover(input, Date.parse(cutoverAt));
  const wanted = {
    cutoverAt: instant(Date.parse(cutoverAt)),
    likelyStartAt: instant(starts.likely),
    safeStartAt: instant(starts.safe),
  };
  const planned = startsAt === null ? { ...input, startMs: starts.safe } : input;
  return kept(toPlanView(planMigration(planned), planned, wanted));
}
