import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import {
  type ArmedCutover,
  armedRow,
  type CutoverWishes,
  type HoldUntil,
} from "@/lib/migration/armed-cutover";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import type { ActionContext } from "./action-context";

const TRIAL_TIMEOUT_MS = 5_000;

/**
 * Asks the check of a hold once before it is kept: an address that may not be asked throws AppError `forbidden`. What it answers
 * releases nothing yet.
 */
export async function tryCheck(ctx: Ctx, migrationId: string, url: string): Promise<void> {
  const row = await ctx.db.migration.findUnique({ where: { id: migrationId }, select: { sandbox: true } });
  if (!row) throw new AppError("not_found", "migration_not_found");
  await ctx.callOut({
    ...{ url, sandbox: row.sandbox, method: "GET", headers: {}, body: null },
    timeoutMs: TRIAL_TIMEOUT_MS,
  });
}

/** Keeps a cutover that is to begin later; rounds go on as the schedule says. */
export async function armCutover(on: ActionContext, wishes: CutoverWishes, until: HoldUntil): Promise<void> {
  const { ctx, tx, row } = on;
  const host = until.by === "http" ? new URL(until.url).host : null;
  const now = ctx.now();
  const armed: ArmedCutover = {
    armedAt: now.toISOString(),
    armedBy: ctx.actor.name,
    ...wishes,
    until:
      until.by === "http"
        ? {
            by: "http",
            urlSealed: ctx.sealer.seal(until.url, armedRow(row.id)),
            host: new URL(until.url).host,
          }
        : until,
    look: null,
  };
  await tx.migration.update({ where: { id: row.id }, data: { armed } });
  const at = until.by === "time" ? until.at : null;
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [{ type: "cutover_armed", payload: { until: until.by, at, host } }],
  });
}

/** Takes an armed cutover back before it has begun: nothing was touched. */
export async function disarmCutover({ ctx, tx, row }: ActionContext): Promise<void> {
  await tx.migration.update({ where: { id: row.id }, data: { armed: Prisma.DbNull } });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "cutover_disarmed", payload: {} }],
  });
}
