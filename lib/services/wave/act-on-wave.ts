import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { MigrationDraft } from "@/lib/contracts/migration";
import type { WaveAction, WaveView } from "@/lib/contracts/wave";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import { mayApprove } from "@/lib/migration/cutover-rules";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { requireFolders } from "@/lib/services/draft/approved-folders";
import { removeDraft } from "@/lib/services/draft/delete-draft";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { approveCutover, disarmCutover } from "@/lib/services/migration/hold-cutover";
import { Prisma } from "@/lib/store/generated/client";
import { loadMigration, lockMigration } from "@/lib/store/migration-rows";
import { loadWave, lockWave, type WaveRow } from "@/lib/store/wave-rows";
import { NO_PART, type WaveCutover } from "@/lib/wave/wave-rules";
import { assertFollows } from "./after-wave";
import { changePart } from "./change-part";
import { getWave } from "./get-wave";
import { planMembers } from "./plan-members";

interface On {
  ctx: Ctx;
  tx: Tx;
  wave: WaveRow;
}

/**
 * Does what a person asked of a wave. What it asks of members is asked of each by itself: one that may not is passed over. Throws
 * `not_found`, `conflict` where the wave does not stand so that it may be asked.
 */
export async function actOnWave({
  ctx,
  input,
}: Use<{ waveId: string; action: WaveAction }>): Promise<WaveView> {
  requireRole(ctx.actor, "operator");
  const { waveId, action } = input;
  if (action.type === "start") await planMembers(ctx, waveId, "missing");
  if (action.type === "take_log") await takeLogs(ctx, waveId, action.migrationIds);
  else {
    await ctx.db.$transaction(async (tx) => {
      await lockWave(tx, waveId);
      await apply({ ctx, tx, wave: await loadWave(tx, waveId) }, action);
    });
  }
  ctx.wake();
  return getWave({ ctx, input: { waveId } });
}

async function apply(on: On, action: Exclude<WaveAction, { type: "take_log" }>): Promise<void> {
  const { ctx, tx, wave } = on;
  const update = (data: Prisma.WaveUpdateManyMutationInput) =>
    tx.wave.updateMany({ where: { id: wave.id }, data });
  if (action.type !== "start" && action.type !== "set_rules" && wave.startedAt === null)
    throw new AppError("conflict", "wave_not_started");
  switch (action.type) {
    case "start":
      return start(on);
    case "pause":
    case "go_on": {
      const paused = action.type === "pause";
      await update({ pausedAt: paused ? ctx.now() : null });
      return forMembers(on, null, (id) => change(on, id, (part) => ({ ...part, paused })));
    }
    case "set_rules":
      await assertFollows(tx, wave.id, action.rules);
      await update({ rules: action.rules });
      return;
    case "arm": {
      if (wave.cutover !== null) throw new AppError("conflict", "wave_is_armed");
      const cutover: WaveCutover = {
        ...action.cutover,
        askedAt: ctx.now().toISOString(),
        askedBy: ctx.actor.name,
        askedById: ctx.actor.id,
        approved: null,
        goAt: null,
      };
      await update({ cutover });
      return;
    }
    case "disarm":
      await update({ cutover: Prisma.DbNull });
      return forMembers(on, null, (id) => disarmMember(on, id));
    case "approve": {
      const cutover = armedOf(wave);
      if (!mayApprove({ byId: cutover.askedById }, ctx.actor))
        throw new AppError("forbidden", "approval_by_same_person");
      const approved = { by: ctx.actor.name, byId: ctx.actor.id, at: ctx.now().toISOString() };
      await update({ cutover: { ...cutover, approved } });
      return forMembers(on, null, (id) => approveMember(on, id));
    }
    case "go": {
      if (action.confirmName !== wave.name)
        throw new AppError("validation", "name_does_not_match", { expected: wave.name }, [
          { path: "confirmName", reason: "field_invalid" },
        ]);
      await update({ cutover: { ...armedOf(wave), goAt: ctx.now().toISOString() } });
      return;
    }
    case "set_places": {
      const places = new Map(action.migrationIds.map((id, index) => [id, index + 1]));
      return forMembers(on, action.migrationIds, async (id) => {
        await tx.migration.updateMany({ where: { id }, data: { wavePlace: places.get(id) ?? null } });
      });
    }
    case "leave_out":
      return forMembers(on, action.migrationIds, (id) => leaveOut(on, id));
    case "try_again": {
      const againAt = ctx.now().toISOString();
      return forMembers(on, action.migrationIds, (id) =>
        change(on, id, (part) => ({ ...part, note: null, againAt })),
      );
    }
  }
}

async function start({ ctx, tx, wave }: On): Promise<void> {
  if (wave.startedAt !== null) throw new AppError("conflict", "wave_has_begun");
  const members = await tx.migration.findMany({ where: { waveId: wave.id }, select: { draft: true } });
  if (members.length === 0) throw new AppError("precondition_failed", "wave_is_empty");
  // The engine starts them one by one, and approves nothing.
  for (const { draft } of members) await requireFolders(ctx, tx, MigrationDraft.parse(draft));
  await tx.wave.updateMany({ where: { id: wave.id }, data: { startedAt: ctx.now() } });
  await tx.migration.updateMany({
    where: { waveId: wave.id, status: "draft" },
    data: { wavePart: { ...NO_PART, restoreHeld: true } },
  });
}

function armedOf({ cutover }: WaveRow): WaveCutover {
  if (cutover === null) throw new AppError("conflict", "wave_not_armed");
  return cutover;
}

/** `among` null: all members. Ids of no member are passed over. */
async function forMembers(
  { tx, wave }: On,
  among: readonly string[] | null,
  does: (migrationId: string) => Promise<unknown>,
): Promise<void> {
  const members = await tx.migration.findMany({ where: { waveId: wave.id }, select: { id: true } });
  for (const { id } of members) if (among === null || among.includes(id)) await does(id);
}

function change(
  { ctx, tx, wave }: On,
  migrationId: string,
  to: Parameters<typeof changePart>[3],
): Promise<boolean> {
  return changePart(ctx, tx, { waveId: wave.id, migrationId }, to);
}

async function disarmMember({ ctx, tx, wave }: On, migrationId: string): Promise<void> {
  await lockMigration(tx, migrationId);
  const row = await loadMigration(tx, migrationId);
  if (row?.armed?.until.by !== "wave" || row.armed.until.waveId !== wave.id) return;
  await disarmCutover({ ctx, tx, row: { ...row, armed: { ...row.armed, until: { by: "person" } } } });
  await advanceMigration(ctx, tx, migrationId);
}

async function approveMember({ ctx, tx, wave }: On, migrationId: string): Promise<void> {
  await lockMigration(tx, migrationId);
  const row = await loadMigration(tx, migrationId);
  if (row?.armed?.until.by !== "wave" || row.armed.until.waveId !== wave.id) return;
  await approveCutover({ ctx, tx, row });
}

async function leaveOut(on: On, migrationId: string): Promise<void> {
  const { ctx, tx } = on;
  await disarmMember(on, migrationId);
  const row = await loadMigration(tx, migrationId);
  if (row?.status === "draft") return removeDraft(tx, migrationId);
  const alone = { waveId: null, wavePlace: null, wavePart: Prisma.DbNull };
  await tx.migration.updateMany({ where: { id: migrationId }, data: alone });
  await advanceMigration(ctx, tx, migrationId);
}

/** A log of each that takes one now. */
async function takeLogs(ctx: Ctx, waveId: string, ids: readonly string[]): Promise<void> {
  const members = await ctx.db.migration.findMany({
    where: { waveId, id: { in: [...ids] } },
    select: { id: true },
  });
  for (const { id } of members) {
    try {
      const action = { type: "take_backup", backup: "log" } as const;
      await actOnMigration({ ctx, input: { migrationId: id, action } });
    } catch (error) {
      if (!isAppError(error) || error.fields.reason !== "action_not_allowed") throw error;
    }
  }
}
