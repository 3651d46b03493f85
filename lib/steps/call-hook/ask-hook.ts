import type { Ctx } from "@/lib/context/context";
import { isAppError } from "@/lib/diagnosis/app-error";
import { hookRow, type KeptHook } from "@/lib/migration/cutover-hook";
import type { HookMoment } from "@/lib/migration/vocabulary/hook-moment";
import { buildHookRequest } from "@/lib/notify/hook-request";
import type { Migration } from "@/lib/store/generated/client";

/** What of a longer answer is kept. */
const LONGEST_SAID = 300;

export interface HookAnswer {
  /** 2xx. */
  ok: boolean;
  /** Null: no answer came, or the address may not be asked. */
  status: number | null;
  /** What was answered, shortened, or why nothing was. */
  said: string;
}

type Caller = Pick<Ctx, "callOut" | "now" | "sealer">;
type Called = Pick<Migration, "id" | "name" | "sandbox" | "sourceDatabase" | "instanceId" | "targetDatabase">;

interface Asked {
  hook: KeptHook;
  /** The same for every call of one moment of one cutover. */
  id: string;
  moment: HookMoment | "trial";
  attempt: number;
}

/** Calls the hook once and tells what came of it. Never throws for what the other side does; throws AppError `forbidden` for an address that may not be asked. */
export async function callHookOnce(ctx: Caller, migration: Called, asked: Asked): Promise<HookAnswer> {
  const { hook, ...call } = asked;
  const { id: migrationId, name, sandbox, sourceDatabase: database, instanceId, targetDatabase } = migration;
  const row = hookRow(migrationId);
  const request = buildHookRequest(
    { ...call, migrationId, name, database, instanceId, targetDatabase },
    { secret: ctx.sealer.unseal(hook.secretSealed, row), nowMs: ctx.now().getTime() },
  );
  const url = ctx.sealer.unseal(hook.urlSealed, row);
  const { status, said } = await ctx.callOut({
    ...{ ...request, url, sandbox, method: "POST" },
    timeoutMs: hook.timeoutSeconds * 1_000,
  });
  const ok = status !== null && status >= 200 && status < 300;
  return { ok, status, said: said.slice(0, LONGEST_SAID) };
}

/** The same, where an address that may not be asked is one that gave no answer. */
export async function askHook(ctx: Caller, migration: Called, asked: Asked): Promise<HookAnswer> {
  try {
    return await callHookOnce(ctx, migration, asked);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, status: null, said: error.fields.reason };
  }
}
