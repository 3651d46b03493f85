import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { MigrationDraft } from "@/lib/contracts/migration";
import type { PlanView } from "@/lib/contracts/plan";
import { AppError } from "@/lib/diagnosis/app-error";
import { mapRange } from "@/lib/forecast/measured-round";
import {
  type MigrationPlan,
  type PlanInput,
  type PlanPart,
  planMigration,
  startForCutover,
} from "@/lib/forecast/plan-migration";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/plan/cutover-conditions";
import { isSandboxDraft } from "./is-sandbox-draft";

/** What a compressed backup makes of a database, where nothing was measured. */
const COMPRESSED_SHARE = 1 / 3;

export interface PlanWishes {
  migrationId: string;
  /** As the source's list of databases says it. */
  databaseBytes: number;
  /** Null: now. Not used where a cutover is wanted. */
  startAt: string | null;
  /** When writes are to stop; null: as early as it goes. */
  cutoverAt: string | null;
  /** Bytes a second that somebody knows better than we. */
  rates: PlanInput["rates"];
}

/**
 * The plan of a draft: when each part begins and ends, how long the database is down. For a wanted cutover it is planned
 * backwards, from the start that meets it nine times of ten. Changes nothing. Throws `not_found`.
 */
export async function planDraft({ ctx, input }: Use<PlanWishes>): Promise<PlanView> {
  requireRole(ctx.actor, "viewer");
  const row = await ctx.db.migration.findUnique({
    where: { id: input.migrationId },
    select: { draft: true },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const draft = MigrationDraft.parse(row.draft);
  const isThere = draft.firstObjectKey !== null;
  const wishes: PlanInput = {
    startMs: input.startAt === null ? ctx.now().getTime() : Date.parse(input.startAt),
    method: draft.method,
    checkMode: draft.checkMode,
    databaseBytes: input.databaseBytes,
    fullBytes: input.databaseBytes * COMPRESSED_SHARE,
    limitBytes: LAST_LOG_LIMIT_BYTES,
    rates: input.rates,
    seconds: isThere ? NOTHING_TO_SEND : {},
    notBeforeMs: {},
    timeFactor: (await isSandboxDraft(ctx.db, draft)) ? (ctx.system.sandbox?.timeFactor ?? 1) : 1,
  };
  if (input.cutoverAt === null) return toView(planMigration(wishes), wishes, null);
  const starts = startForCutover(wishes, Date.parse(input.cutoverAt));
  const wanted = {
    cutoverAt: instant(Date.parse(input.cutoverAt)),
    likelyStartAt: instant(starts.likely),
    safeStartAt: instant(starts.safe),
  };
  const backwards = { ...wishes, startMs: starts.safe };
  return toView(planMigration(backwards), backwards, wanted);
}

/** The full backup lies in the bucket. */
const NOTHING_TO_SEND: Partial<Record<PlanPart, number>> = { full_backup: 0, full_upload: 0 };

function toView(
  plan: MigrationPlan,
  { startMs, timeFactor = 1 }: PlanInput,
  wanted: PlanView["wanted"],
): PlanView {
  return {
    startAt: instant(startMs),
    wanted,
    parts: plan.parts.map(({ startMs: from, endMs, ...part }) => ({
      ...part,
      startAt: mapRange(from, instant),
      endAt: mapRange(endMs, instant),
    })),
    cutoverAt: mapRange(plan.cutoverMs, instant),
    onlineAt: mapRange(plan.onlineMs, instant),
    downtimeSeconds: plan.downtimeSeconds,
    imports: plan.imports,
    getsUnderLimit: plan.getsUnderLimit,
    timeFactor,
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
