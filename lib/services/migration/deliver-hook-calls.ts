import type { Ctx } from "@/lib/context/context";
import { passOver } from "@/lib/context/pass-over";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { HOOK_TOLD } from "@/lib/migration/vocabulary/hook-moment";
import { askHook } from "@/lib/steps/call-hook/ask-hook";
import { appendEvents } from "@/lib/store/append-events";
import type { HookCall } from "@/lib/store/generated/client";
import { readMigration } from "@/lib/store/typed-rows";

/** Whoever takes a call has so long to make it: longer than any time-out. */
const LEASE_MS = 90_000;
const BACKOFF_MS = 5_000;
/** Some ten minutes in all: what was to be told of a phase is of no use long after it. */
const MOST_CALLS = 7;

/**
 * Makes the calls that follow the phases of cutovers, those of one migration one after another. At least once: a call whose answer
 * was lost is made again under the same id, and said so in the record. Nothing waits for them. Returns how many were taken.
 */
export async function deliverHookCalls(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const now = ctx.now();
  const due = await ctx.db.hookCall.findMany({
    where: { state: "waiting", dueAt: { lte: now } },
    orderBy: { at: "asc" },
  });
  let taken = 0;
  for (const call of due) {
    if (signal.aborted) break;
    const at = { name: "hook", migrationId: call.migrationId };
    if (await passOver(ctx, at, () => deliver(ctx, call))) taken += 1;
  }
  return taken;
}

async function deliver(ctx: Ctx, call: HookCall): Promise<boolean> {
  const now = ctx.now();
  const attempt = call.calls + 1;
  const claimed = await ctx.db.hookCall.updateMany({
    where: { id: call.id, state: "waiting", calls: call.calls },
    data: { calls: attempt, dueAt: new Date(now.getTime() + LEASE_MS) },
  });
  if (claimed.count !== 1) return false;
  const row = await ctx.db.migration.findUnique({ where: { id: call.migrationId } });
  const moment = HOOK_TOLD.find((known) => known === call.moment);
  const migration = row && readMigration(row);
  if (!migration?.hook || moment === undefined) {
    await ctx.db.hookCall.update({ where: { id: call.id }, data: { state: "given_up" } });
    return false;
  }
  const { hook } = migration;
  const { ok, status, said } = await askHook(ctx, migration, { hook, id: call.id, moment, attempt });
  const told = { moment, host: hook.host };
  const isLast = !ok && attempt >= MOST_CALLS;
  const events: NewEvent[] = [
    ...(call.calls > call.heard
      ? [{ type: "hook_unheard" as const, payload: { ...told, attempt: call.calls } }]
      : []),
    { type: "hook_called", payload: { ...told, attempt, status, said } },
    ...(isLast ? [{ type: "hook_given_up" as const, payload: { ...told, attempt } }] : []),
  ];
  const dueAt = new Date(ctx.now().getTime() + BACKOFF_MS * 2 ** (attempt - 1));
  const state = ok ? "taken" : isLast ? "given_up" : "waiting";
  await ctx.db.$transaction(async (tx) => {
    await tx.hookCall.update({ where: { id: call.id }, data: { state, heard: attempt, dueAt } });
    const { id: migrationId } = migration;
    await appendEvents(tx, { migrationId, actor: ctx.actor.name, at: ctx.now(), events });
  });
  return ok;
}
