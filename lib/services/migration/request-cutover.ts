import type { MigrationAction } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import type { CutoverWishes } from "@/lib/migration/armed-cutover";
import { freezeAt } from "@/lib/migration/cutover-rules";
import { cutoverBudget } from "@/lib/migration/import-budget";
import { countImportsToday } from "@/lib/once/count-imports";
import { cutoverConditions } from "@/lib/plan/cutover-conditions";
import { forecastOf } from "@/lib/plan/forecast";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { gapSecondsAt, targetDataOf } from "@/lib/plan/target-data";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import type { ActionContext } from "./action-context";
import { dropUnbegun } from "./change-rounds";
import { readCutoverRules } from "./cutover-rules";
import { armCutover } from "./hold-cutover";

type CutoverAction = Extract<MigrationAction, { type: "cutover" }>;

/** Begins the cutover that a person asks for by the target's name, or arms it where it is to be held. Throws as `beginCutover` does, and `validation` for another name. */
export async function requestCutover(on: ActionContext, action: CutoverAction): Promise<void> {
  const { row } = on;
  if (action.confirmName !== row.targetDatabase) {
    throw new AppError("validation", "name_does_not_match", { expected: row.targetDatabase ?? "" }, [
      { path: "confirmName", reason: "field_invalid" },
    ]);
  }
  const { stopWrites, checkMode, deadline = null, hold } = action;
  const wishes = { stopWrites, checkMode, deadline };
  if (hold === undefined) {
    if ((await readCutoverRules(on.tx)).approval)
      throw new AppError("precondition_failed", "cutover_needs_approval");
    return beginCutover(on, wishes);
  }
  await assertReady(on, wishes);
  await armCutover(on, wishes, hold);
}

/**
 * Begins the cutover: when nothing is in hand any more writes are stopped, the last log is taken and the database
 * opened. Conditions that would make it fail (a refused file, no imports left) forbid it; a large last log does not. A
 * deadline that the forecast passes already is refused: nothing would be stopped but to be taken back. So is everything in a freeze.
 */
export async function beginCutover(on: ActionContext, wishes: CutoverWishes): Promise<void> {
  const { ctx, tx, row } = on;
  const freeze = freezeAt((await readCutoverRules(tx)).freezes, ctx.now().getTime());
  if (freeze) {
    const { name, until } = freeze;
    throw new AppError("precondition_failed", "cutover_frozen", { name, until });
  }
  const { forecast, deadline, gates } = await assertReady(on, wishes);
  await dropUnbegun(on);
  const now = ctx.now();
  await tx.migration.update({
    where: { id: row.id },
    data: {
      checkMode: wishes.checkMode,
      takenBack: Prisma.DbNull,
      armed: Prisma.DbNull,
      cutover: {
        requestedAt: now.toISOString(),
        stopWrites: wishes.stopWrites,
        checkMode: wishes.checkMode,
        forecastSeconds: forecast?.downtimeSeconds.p50 ?? null,
        forecastP90Seconds: forecast?.downtimeSeconds.p90 ?? null,
        deadline: deadline && { ...deadline, passed: null },
        gates,
      },
      ...(wishes.stopWrites === "operator" ? { writesStoppedAt: now } : {}),
    },
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [
      { type: "cutover_requested", payload: { stopWrites: wishes.stopWrites, checkMode: wishes.checkMode } },
      ...(deadline ? [{ type: "deadline_set" as const, payload: deadline }] : []),
      ...(wishes.stopWrites === "operator"
        ? [{ type: "writes_stopped" as const, payload: { how: wishes.stopWrites } }]
        : []),
    ],
  });
}

/** Throws `conflict` or `precondition_failed` where the cutover could not begin now; else what is forecast of it, and how its conditions stand. */
async function assertReady(on: ActionContext, wishes: CutoverWishes) {
  const { ctx, tx, row } = on;
  const snapshot = snapshotOf(row);
  if (snapshot.backupBy === "others" && wishes.stopWrites !== "operator") {
    throw new AppError("conflict", "cutover_needs_operator");
  }
  const used = await countImportsToday(tx, {
    instanceId: row.instanceId ?? "",
    databaseName: row.targetDatabase ?? "",
    now: ctx.now(),
  });
  const conditions = cutoverConditions(snapshot, cutoverBudget(used));
  const hard = conditions.find((condition) => condition.state !== "met" && !condition.soft);
  if (hard) {
    const { key: condition, state, params } = hard;
    throw new AppError("precondition_failed", "cutover_not_ready", { ...params, condition, state });
  }
  const now = ctx.now();
  const forecast = forecastOf(snapshot, {
    nowMs: now.getTime(),
    gapSeconds: gapSecondsAt(targetDataOf(row.files), now),
    checkMode: wishes.checkMode,
    timeFactor: row.sandbox ? (ctx.system.sandbox?.timeFactor ?? 1) : 1,
  });
  const { deadline } = wishes;
  const likely = forecast?.downtimeSeconds.p50 ?? 0;
  if (deadline && likely > deadline.minutes * 60) {
    throw new AppError("precondition_failed", "cutover_deadline_too_short", {
      minutes: deadline.minutes,
      seconds: Math.ceil(likely),
    });
  }
  return { forecast, deadline, gates: conditions.map((condition) => ({ ...condition })) };
}
