import type { MigrationAction } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { tighterBudget } from "@/lib/migration/import-budget";
import { countImportsToday } from "@/lib/once/count-imports";
import { cutoverConditions } from "@/lib/plan/cutover-conditions";
import { forecastOf } from "@/lib/plan/forecast";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { gapSecondsAt, targetDataOf } from "@/lib/plan/target-data";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import type { ActionContext } from "./action-context";
import { dropUnbegun } from "./change-rounds";

type CutoverAction = Extract<MigrationAction, { type: "cutover" }>;

/**
 * Begins the cutover: when nothing is in hand any more writes are stopped, the last log is taken and the database
 * opened. A deadline that the forecast passes already is refused: nothing would be stopped but to be taken back. Conditions that would make it fail (a refused file, no imports left) forbid it; a large last log does not.
 */
export async function requestCutover(on: ActionContext, action: CutoverAction): Promise<void> {
  const { ctx, tx, row } = on;
  if (action.confirmName !== row.targetDatabase) {
    throw new AppError("validation", "name_does_not_match", { expected: row.targetDatabase ?? "" }, [
      { path: "confirmName", reason: "field_invalid" },
    ]);
  }
  const snapshot = snapshotOf(row);
  if (snapshot.backupBy === "others" && action.stopWrites !== "operator") {
    throw new AppError("conflict", "cutover_needs_operator");
  }
  const used = await countImportsToday(tx, {
    instanceId: row.instanceId ?? "",
    databaseName: row.targetDatabase ?? "",
    now: ctx.now(),
  });
  const conditions = cutoverConditions(snapshot, tighterBudget(used));
  const hard = conditions.find((condition) => condition.state !== "met" && !condition.soft);
  if (hard) throw new AppError("precondition_failed", "cutover_not_ready", { condition: hard.key });
  await dropUnbegun(on);
  const now = ctx.now();
  const forecast = forecastOf(snapshot, {
    nowMs: now.getTime(),
    gapSeconds: gapSecondsAt(targetDataOf(row.files), now),
    checkMode: action.checkMode,
    timeFactor: row.sandbox ? (ctx.system.sandbox?.timeFactor ?? 1) : 1,
  });
  const deadline = action.deadline ?? null;
  const likely = forecast?.downtimeSeconds.p50 ?? 0;
  if (deadline && likely > deadline.minutes * 60) {
    throw new AppError("precondition_failed", "cutover_deadline_too_short", {
      minutes: deadline.minutes,
      seconds: Math.ceil(likely),
    });
  }
  await tx.migration.update({
    where: { id: row.id },
    data: {
      checkMode: action.checkMode,
      takenBack: Prisma.DbNull,
      cutover: {
        requestedAt: now.toISOString(),
        stopWrites: action.stopWrites,
        checkMode: action.checkMode,
        forecastSeconds: forecast?.downtimeSeconds.p50 ?? null,
        forecastP90Seconds: forecast?.downtimeSeconds.p90 ?? null,
        deadline: deadline && { ...deadline, passed: null },
      },
      ...(action.stopWrites === "operator" ? { writesStoppedAt: now } : {}),
    },
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [
      { type: "cutover_requested", payload: { stopWrites: action.stopWrites, checkMode: action.checkMode } },
      ...(deadline ? [{ type: "deadline_set" as const, payload: deadline }] : []),
      ...(action.stopWrites === "operator"
        ? [{ type: "writes_stopped" as const, payload: { how: action.stopWrites } }]
        : []),
    ],
  });
}
