import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { FIRST_SETTINGS, ProductSettings } from "@/lib/contracts/product-settings";
import { AppError } from "@/lib/diagnosis/app-error";

const KEY = "product_settings";

/** What is set now. Throws `internal` for what another version wrote: no limit is passed over. */
export async function readProductSettings(
  db: Pick<Ctx["db"], "setting"> | Pick<Tx, "setting">,
): Promise<ProductSettings> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  if (row === null) return FIRST_SETTINGS;
  const read = ProductSettings.safeParse(row.value);
  if (read.success) return read.data;
  throw new AppError("internal", "stored_value_unreadable", { table: "Setting", id: KEY, column: "value" });
}

/** The same, for who looks at it. */
export async function getProductSettings({ ctx }: { ctx: Ctx }): Promise<ProductSettings> {
  requireRole(ctx.actor, "viewer");
  return readProductSettings(ctx.db);
}

/** Sets all of it. Limits hold for what starts from now on; what is to be forgotten is forgotten at the next look. */
export async function saveProductSettings({ ctx, input }: Use<ProductSettings>): Promise<ProductSettings> {
  requireRole(ctx.actor, "administrator");
  await ctx.db.setting.upsert({
    where: { key: KEY },
    create: { key: KEY, value: input },
    update: { value: input },
  });
  return input;
}
