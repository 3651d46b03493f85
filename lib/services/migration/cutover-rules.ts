import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { CutoverRules, NO_RULES } from "@/lib/contracts/cutover-rules";
import { AppError } from "@/lib/diagnosis/app-error";

const KEY = "cutover_rules";

/** What holds for the cutovers of all migrations now. Throws `internal` for what another version wrote: a freeze is not overlooked. */
export async function readCutoverRules(
  db: Pick<Ctx["db"], "setting"> | Pick<Tx, "setting">,
): Promise<CutoverRules> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  if (row === null) return NO_RULES;
  const read = CutoverRules.safeParse(row.value);
  if (read.success) return read.data;
  throw new AppError("internal", "stored_value_unreadable", { table: "Setting", id: KEY, column: "value" });
}

/** The rules, for who looks at them. */
export async function getCutoverRules({ ctx }: { ctx: Ctx }): Promise<CutoverRules> {
  requireRole(ctx.actor, "viewer");
  return readCutoverRules(ctx.db);
}

/** Sets them all. Throws `validation` for a freeze that ends before it begins. */
export async function saveCutoverRules({ ctx, input }: Use<CutoverRules>): Promise<CutoverRules> {
  requireRole(ctx.actor, "administrator");
  const wrong = input.freezes.findIndex(({ from, until }) => Date.parse(until) <= Date.parse(from));
  if (wrong >= 0) {
    const path = `freezes.${wrong}.until`;
    throw new AppError("validation", "invalid_input", {}, [{ path, reason: "field_invalid" }]);
  }
  await ctx.db.setting.upsert({
    where: { key: KEY },
    create: { key: KEY, value: input },
    update: { value: input },
  });
  ctx.log.info(
    { by: ctx.actor.id, approval: input.approval, freezes: input.freezes.length },
    "cutover rules set",
  );
  return input;
}
