import type { Ctx, Tx } from "@/lib/context/context";
import { passOver } from "@/lib/context/pass-over";
import { UNFINISHED } from "@/lib/context/unfinished";
import type { Freeze } from "@/lib/contracts/cutover-rules";
import { isAppError } from "@/lib/diagnosis/app-error";
import { type ArmedCutover, armedRow, type HoldLook } from "@/lib/migration/armed-cutover";
import { firstOutside, freezeAt } from "@/lib/migration/cutover-rules";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { allowedActions } from "@/lib/plan/allowed-actions";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import { loadMigration, lockMigration } from "@/lib/store/migration-rows";
import { unreadableIn } from "@/lib/store/read-column";
import { readMigration } from "@/lib/store/typed-rows";
import { readCutoverRules } from "./cutover-rules";
import { releaseHold } from "./release-hold";

const CHECK_TIMEOUT_MS = 5_000;
/** Who names 02:00 does not mean Monday morning: what could not begin by then waits for a person. */
const LATEST_MS = 15 * 60_000;
/** Then a person is told, and needed. */
const MISSED = "hold_time_passed";

/**
 * One look at every armed cutover that waits for a time or for an answer. What has come lets it begin, in one transaction: a
 * process killed at any line leaves it armed or begun. Where it can't begin (a step has failed, a condition is open) it stays
 * armed, says why, and is looked at again; a quarter of an hour after its time only a person lets it begin. A row that another
 * version wrote is passed over.
 */
export async function watchHolds(ctx: Ctx): Promise<void> {
  const armed = await ctx.db.migration.findMany({
    where: { armed: { not: Prisma.AnyNull }, status: UNFINISHED },
  });
  if (armed.length === 0) return;
  const { freezes } = await readCutoverRules(ctx.db);
  for (const row of armed) {
    await passOver(ctx, { name: "hold", migrationId: row.id }, async () => {
      const { armed: hold, sandbox } = readMigration(row);
      if (hold === null || hold.until.by === "person" || hold.until.by === "wave") return;
      const answer = await lookOut(ctx, row.id, hold, { sandbox, freezes });
      if (await settle(ctx, row.id, hold, answer)) ctx.wake();
    });
  }
}

interface Answer {
  isDue: boolean;
  status: number | null;
  reason: string | null;
  params?: HoldLook["params"];
}

async function lookOut(
  ctx: Ctx,
  migrationId: string,
  { until }: ArmedCutover,
  { sandbox, freezes }: { sandbox: boolean; freezes: readonly Freeze[] },
): Promise<Answer> {
  if (until.by === "time") {
    const nowMs = ctx.now().getTime();
    const atMs = Date.parse(until.at);
    // A time in a freeze is one right behind it.
    const lateMs = nowMs - firstOutside(freezes, atMs);
    const freeze = nowMs >= atMs && lateMs < 0 ? freezeAt(freezes, nowMs) : null;
    if (freeze) {
      const { name, until: end } = freeze;
      return { isDue: false, status: null, reason: "cutover_frozen", params: { name, until: end } };
    }
    if (lateMs > LATEST_MS) return { isDue: false, status: null, reason: MISSED };
    return { isDue: lateMs >= 0, status: null, reason: null };
  }
  if (until.by !== "http") return { isDue: false, status: null, reason: null };
  try {
    const url = ctx.sealer.unseal(until.urlSealed, armedRow(migrationId));
    const { status } = await ctx.callOut({
      ...{ url, sandbox, method: "GET", headers: {}, body: null },
      timeoutMs: CHECK_TIMEOUT_MS,
    });
    return { isDue: status !== null && status >= 200 && status < 300, status, reason: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { isDue: false, status: null, reason: error.fields.reason };
  }
}

/** Lets an armed cutover begin whose turn has come in its wave, as `watchHolds` does. True: it has begun. */
export function releaseTurn(ctx: Ctx, migrationId: string, seen: ArmedCutover): Promise<boolean> {
  return settle(ctx, migrationId, seen, { isDue: true, status: null, reason: null });
}

/** True: it has begun. */
async function settle(ctx: Ctx, migrationId: string, seen: ArmedCutover, answer: Answer): Promise<boolean> {
  try {
    return await ctx.db.$transaction(async (tx) => {
      await lockMigration(tx, migrationId);
      const row = await loadMigration(tx, migrationId);
      // Somebody took it back, or armed another, while the address was asked.
      if (!row?.armed || row.armed.armedAt !== seen.armedAt) return false;
      if (!answer.isDue) return noteLook(ctx, tx, migrationId, row.armed, answer);
      if (!allowedActions(snapshotOf(row)).includes("release_hold"))
        return noteLook(ctx, tx, migrationId, row.armed, { ...answer, reason: "hold_step_stopped" });
      await releaseHold({ ctx, tx, row }, seen.until.by);
      await advanceMigration(ctx, tx, migrationId);
      return true;
    });
  } catch (error) {
    if (!isAppError(error) || unreadableIn(error)) throw error;
    const { reason, params } = error.fields;
    await ctx.db.$transaction(async (tx) => {
      await lockMigration(tx, migrationId);
      const row = await loadMigration(tx, migrationId);
      if (row?.armed?.armedAt === seen.armedAt)
        await noteLook(ctx, tx, migrationId, row.armed, { ...answer, reason, params });
    });
    return false;
  }
}

/** Written only when it says something else than before: pages are told of each change. */
async function noteLook(
  ctx: Ctx,
  tx: Tx,
  migrationId: string,
  armed: ArmedCutover,
  { status, reason, params = {} }: Answer,
): Promise<false> {
  const before = armed.look;
  const isNews =
    before === null
      ? status !== null || reason !== null
      : before.status !== status || before.reason !== reason;
  if (!isNews) {
    // Its wave counts from here when it asks again, and gives others their turn until then; no page says anything else.
    if (armed.until.by === "wave" && before !== null) {
      const again = { ...before, at: ctx.now().toISOString(), params };
      await tx.migration.update({ where: { id: migrationId }, data: { armed: { ...armed, look: again } } });
    }
    return false;
  }
  const look: HoldLook = { at: ctx.now().toISOString(), status, reason, params };
  await tx.migration.update({
    where: { id: migrationId },
    data: { armed: { ...armed, look }, version: { increment: 1 } },
  });
  if (reason === MISSED && before?.reason !== MISSED && armed.until.by === "time") {
    const events = [{ type: "hold_missed" as const, payload: { at: armed.until.at } }];
    await appendEvents(tx, { migrationId, actor: ctx.actor.name, at: ctx.now(), events });
    await advanceMigration(ctx, tx, migrationId);
  }
  return false;
}
