import type { Ctx } from "@/lib/context/context";
import { MigrationDraft } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";

/** What a migration was set up as: a draft's state now, or what it was started with. Throws `not_found`. */
export async function loadChoices(
  ctx: Pick<Ctx, "db">,
  migrationId: string,
): Promise<{ draft: MigrationDraft; status: string; phase: string }> {
  const row = await ctx.db.migration.findUnique({
    where: { id: migrationId },
    select: { draft: true, status: true, phase: true },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  return { draft: MigrationDraft.parse(row.draft), status: row.status, phase: row.phase };
}
