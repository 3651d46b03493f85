import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { type HookWish, hookRow, type KeptHook } from "@/lib/migration/cutover-hook";
import { callHookOnce } from "@/lib/steps/call-hook/ask-hook";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import { readMigration } from "@/lib/store/typed-rows";
import type { ActionContext } from "./action-context";
import { assertOpen } from "./assert-open";

/**
 * Calls a hook once, as a trial, before it is kept. What it answers decides nothing; an address that may not be asked throws
 * AppError `forbidden`, as does no address where none was kept before: `validation`.
 */
export async function tryHook(ctx: Ctx, migrationId: string, wish: HookWish): Promise<void> {
  const row = await ctx.db.migration.findUnique({ where: { id: migrationId } });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const migration = readMigration(row);
  const hook = keptHook(ctx, migration, wish);
  const id = `${migrationId}.trial.${ctx.newId()}`;
  await callHookOnce(ctx, migration, { hook, id, moment: "trial", attempt: 1 });
}

/** Keeps the hook of a migration's cutovers, or takes it away; from then on, also for a cutover that is under way. */
export async function setHook(on: ActionContext, wish: HookWish | null): Promise<void> {
  const { ctx, tx, row } = on;
  assertOpen(on, "set_hook");
  if (row.rehearsal || row.method === "immediate")
    throw new AppError("conflict", "action_not_allowed", { action: "set_hook" });
  const hook = wish && keptHook(ctx, row, wish);
  await tx.migration.update({ where: { id: row.id }, data: { hook: hook ?? Prisma.DbNull } });
  const host = (hook ?? row.hook)?.host ?? "–";
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "hook_set", payload: { host, count: hook?.moments.length ?? 0 } }],
  });
}

function keptHook(
  { sealer }: Pick<Ctx, "sealer">,
  migration: { id: string; hook: KeptHook | null },
  { url, secret, ...settings }: HookWish,
): KeptHook {
  const row = hookRow(migration.id);
  const before = migration.hook;
  if (url === null && before === null)
    throw new AppError("validation", "invalid_input", {}, [{ path: "hook.url", reason: "field_required" }]);
  // A secret belongs to its address: another one is not signed with it.
  const keepsSecret = secret === null && url === null && before !== null;
  return {
    ...settings,
    urlSealed: url === null ? (before?.urlSealed ?? "") : sealer.seal(url, row),
    host: url === null ? (before?.host ?? "") : new URL(url).host,
    secretSealed: keepsSecret ? before.secretSealed : sealer.seal(secret ?? "", row),
    signed: keepsSecret ? before.signed : (secret ?? "") !== "",
  };
}
