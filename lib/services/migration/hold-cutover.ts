import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import {
  type ArmedCutover,
  armedRow,
  type CutoverWishes,
  type HoldUntil,
} from "@/lib/migration/armed-cutover";
import { mayApprove } from "@/lib/migration/cutover-rules";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import { NO_PART } from "@/lib/wave/wave-rules";
import type { ActionContext } from "./action-context";
import { readCutoverRules } from "./cutover-rules";

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

/** In whose name a cutover is armed, where that is not who calls; and whether a second person has approved it already. */
export interface ArmedFor {
  waveId: string;
  by: string;
  byId: string;
  approved: ArmedCutover["approved"];
}

/** Keeps a cutover that is to begin later; rounds go on as the schedule says. */
export async function armCutover(
  on: ActionContext,
  wishes: CutoverWishes,
  until: HoldUntil | ArmedFor,
): Promise<void> {
  const { ctx, tx, row } = on;
  const wave = "waveId" in until ? until : null;
  const now = ctx.now();
  const armed: ArmedCutover = {
    armedAt: now.toISOString(),
    armedBy: wave?.by ?? ctx.actor.name,
    armedById: wave?.byId ?? ctx.actor.id,
    needsApproval: (await readCutoverRules(tx)).approval,
    approved: wave?.approved ?? null,
    ...wishes,
    until: keptHold(on, until),
    look: null,
  };
  await tx.migration.update({ where: { id: row.id }, data: { armed } });
  const { until: kept } = armed;
  const at = kept.by === "time" ? kept.at : null;
  const host = kept.by === "http" ? kept.host : null;
  await appendEvents(tx, {
    migrationId: row.id,
    actor: wave?.by ?? ctx.actor.name,
    at: now,
    events: [{ type: "cutover_armed", payload: { until: kept.by, at, host } }],
  });
}

function keptHold({ ctx, row }: ActionContext, until: HoldUntil | ArmedFor): ArmedCutover["until"] {
  if ("waveId" in until) return { by: "wave", waveId: until.waveId };
  if (until.by !== "http") return until;
  const { url } = until;
  return { by: "http", urlSealed: ctx.sealer.seal(url, armedRow(row.id)), host: new URL(url).host };
}

/** Approves the armed cutover. Throws `conflict` where none is armed, `forbidden` for who armed it. */
export async function approveCutover({ ctx, tx, row }: ActionContext): Promise<void> {
  const { armed } = row;
  if (!armed)
    throw new AppError("conflict", "action_not_allowed", { action: "approve_cutover", why: "not_armed" });
  if (!mayApprove({ byId: armed.armedById }, ctx.actor))
    throw new AppError("forbidden", "approval_by_same_person");
  const at = ctx.now();
  const approved = { by: ctx.actor.name, byId: ctx.actor.id, at: at.toISOString() };
  await tx.migration.update({ where: { id: row.id }, data: { armed: { ...armed, approved } } });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at,
    events: [{ type: "cutover_approved", payload: {} }],
  });
}

/** Takes an armed cutover back before it has begun: nothing was touched. */
export async function disarmCutover({ ctx, tx, row }: ActionContext): Promise<void> {
  const { armed, wavePart } = row;
  // Its wave would arm it again at the next look.
  const note = {
    at: ctx.now().toISOString(),
    asked: "cutover" as const,
    reason: "wave_disarmed",
    params: {},
  };
  const out = armed?.until.by === "wave" ? { wavePart: { ...(wavePart ?? NO_PART), note } } : {};
  await tx.migration.update({ where: { id: row.id }, data: { armed: Prisma.DbNull, ...out } });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "cutover_disarmed", payload: {} }],
  });
}
