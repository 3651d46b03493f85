import { z } from "zod";
import type { Ctx } from "@/lib/context/context";

/**
 * One CreateMigrateTask that a person asked for on the records page, written down before the call: it has no client token,
 * and a file handed over twice costs an import. Tasks made in the console have no migration to keep it with.
 */
const Intent = z.object({
  outcome: z.enum(["intended", "accepted", "refused"]),
  intendedAt: z.iso.datetime(),
  actor: z.string(),
  requestId: z.string().nullable(),
  key: z.string(),
  /** Where the target stands once this file is restored. */
  lastLsn: z.string().nullable(),
});
export type ImportIntent = z.infer<typeof Intent>;

export interface IntentRef {
  connectionId: string;
  instanceId: string;
  taskId: string;
  bucket: string;
  key: string;
}

function prefixOf(ref: Omit<IntentRef, "bucket" | "key">): string {
  return `import-intent:${[ref.connectionId, ref.instanceId, ref.taskId].map(encodeURIComponent).join(":")}:`;
}

function settingKey(ref: IntentRef): string {
  return `${prefixOf(ref)}${encodeURIComponent(ref.bucket)}:${encodeURIComponent(ref.key)}`;
}

/** Files that were handed to the task from the records page and that RDS took. */
export async function listAccepted(
  ctx: Ctx,
  task: Omit<IntentRef, "bucket" | "key">,
): Promise<ImportIntent[]> {
  const rows = await ctx.db.setting.findMany({ where: { key: { startsWith: prefixOf(task) } } });
  return rows.flatMap((row) => {
    const parsed = Intent.safeParse(row.value);
    return parsed.success && parsed.data.outcome === "accepted" ? [parsed.data] : [];
  });
}

export async function readIntent(ctx: Ctx, ref: IntentRef): Promise<ImportIntent | null> {
  const row = await ctx.db.setting.findUnique({ where: { key: settingKey(ref) } });
  const parsed = Intent.safeParse(row?.value);
  return parsed.success ? parsed.data : null;
}

/** False when the intent is no longer what the caller saw (null: none): another request was faster. */
export async function writeIntent(
  ctx: Ctx,
  ref: IntentRef,
  input: { seen: ImportIntent | null; lastLsn: string | null },
): Promise<boolean> {
  const key = settingKey(ref);
  const value: ImportIntent = {
    outcome: "intended",
    intendedAt: ctx.now().toISOString(),
    actor: ctx.actor.name,
    requestId: null,
    key: ref.key,
    lastLsn: input.lastLsn,
  };
  const written =
    input.seen === null
      ? await ctx.db.setting.createMany({ data: [{ key, value }], skipDuplicates: true })
      : await ctx.db.setting.updateMany({ where: { key, value: { equals: input.seen } }, data: { value } });
  return written.count === 1;
}

export async function settleIntent(
  ctx: Ctx,
  ref: IntentRef,
  outcome: Exclude<ImportIntent["outcome"], "intended">,
  requestId: string | null,
): Promise<void> {
  const open = await readIntent(ctx, ref);
  if (!open) return;
  const value: ImportIntent = { ...open, outcome, requestId };
  await ctx.db.setting.updateMany({ where: { key: settingKey(ref) }, data: { value } });
}
