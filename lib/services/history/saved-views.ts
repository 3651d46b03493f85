import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { PAGE_OF_VIEW, SavedViews } from "@/lib/contracts/saved-views";
import { AppError } from "@/lib/diagnosis/app-error";

const keyOf = (ctx: Ctx): string => `history_views/${ctx.actor.id}`;

/** The filters that whoever asks has kept; none where they were written in another version's way. */
export async function getSavedViews({ ctx }: { ctx: Ctx }): Promise<SavedViews> {
  requireRole(ctx.actor, "viewer");
  const row = await ctx.db.setting.findUnique({ where: { key: keyOf(ctx) } });
  return SavedViews.safeParse(row?.value).data ?? { views: [] };
}

/** Keeps them all in place of those before. Throws `validation` for two of one name on one page. */
export async function saveSavedViews({ ctx, input }: Use<SavedViews>): Promise<SavedViews> {
  requireRole(ctx.actor, "viewer");
  const names = input.views.map(({ kind, name }) => `${PAGE_OF_VIEW[kind]} ${name.toLowerCase()}`);
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice >= 0) {
    throw new AppError("validation", "invalid_input", {}, [
      { path: `views.${twice}.name`, reason: "field_invalid" },
    ]);
  }
  const key = keyOf(ctx);
  await ctx.db.setting.upsert({
    where: { key },
    create: { key, value: input },
    update: { value: input },
  });
  return input;
}
