import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { KeptPlan } from "@/lib/contracts/kept-plan";
import { MigrationDraft } from "@/lib/contracts/migration";
import type { WaveView } from "@/lib/contracts/wave";
import { makePlan } from "@/lib/services/draft/plan-draft";
import { loadWave, lockWave } from "@/lib/store/wave-rows";
import type { MemberSeconds, WavePlans } from "@/lib/wave/wave-rules";
import { getWave } from "./get-wave";

/** So many sources are asked at once for what their history tells. */
const AT_ONCE = 4;

/** Plans every member that has not begun, as its own page would, and keeps what it tells of the wave. Throws `not_found`. */
export async function planWave({ ctx, input }: Use<{ waveId: string }>): Promise<WaveView> {
  requireRole(ctx.actor, "operator");
  await loadWave(ctx.db, input.waveId);
  await planMembers(ctx, input.waveId);
  return getWave({ ctx, input });
}

/** The same, of members that no plan is kept of or of all that have not begun. */
export async function planMembers(ctx: Ctx, waveId: string, which: "all" | "missing" = "all"): Promise<void> {
  const { plans } = await loadWave(ctx.db, waveId);
  const rows = await ctx.db.migration.findMany({
    where: { waveId, status: "draft" },
    select: { id: true, draft: true },
  });
  const wanted = rows.filter(({ id }) => which === "all" || !(id in plans));
  const made: WavePlans = {};
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE).map(async ({ id, draft }) => {
      made[id] = await planMember(ctx, MigrationDraft.parse(draft));
    });
    await Promise.all(some);
  }
  await ctx.db.$transaction(async (tx) => {
    await lockWave(tx, waveId);
    const now = await loadWave(tx, waveId);
    await tx.wave.updateMany({ where: { id: waveId }, data: { plans: { ...now.plans, ...made } } });
  });
}

async function planMember(ctx: Ctx, draft: MigrationDraft): Promise<WavePlans[string]> {
  const madeAt = ctx.now().toISOString();
  const kept = await makePlan(
    ctx,
    { ...draft, plan: { ...draft.plan, startAt: null, cutoverAt: null } },
    null,
  );
  if (kept === null) return { madeAt, bytes: draft.plan.databaseBytes, seconds: null };
  return {
    madeAt,
    bytes: kept.base.databaseBytes,
    seconds: { p50: secondsOf(kept, "p50"), p90: secondsOf(kept, "p90") },
  };
}

/** A plan's parts as a wave has them. Lengths at a quantile: each part from the end of the one before at the same quantile. */
export function secondsOf({ plan }: Pick<KeptPlan, "plan">, which: "p50" | "p90"): MemberSeconds {
  const startMs = Date.parse(plan.startAt);
  const endOf = (names: readonly string[]): number | null => {
    const ends = plan.parts
      .filter(({ part }) => names.includes(part))
      .map(({ endAt }) => Date.parse(endAt[which]));
    return ends.length === 0 ? null : Math.max(...ends);
  };
  const uploadedMs = endOf(["preflight", "full_backup", "full_upload"]) ?? startMs;
  const restoredMs = Math.max(uploadedMs, endOf(["restore"]) ?? uploadedMs);
  const cutoverMs = Math.max(restoredMs, Date.parse(plan.cutoverAt[which]));
  return {
    prepare: (uploadedMs - startMs) / 1_000,
    restore: (restoredMs - uploadedMs) / 1_000,
    catchUp: (cutoverMs - restoredMs) / 1_000,
    downtime: plan.downtimeSeconds[which],
  };
}
