import type { Ctx } from "@/lib/context/context";
import { passOver } from "@/lib/context/pass-over";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { Prisma } from "@/lib/store/generated/client";
import { type MigrationRow, readMigration } from "@/lib/store/typed-rows";

/**
 * One look at every migration that stands on a chain and is `also` so: from its start until writes are stopped. One that
 * can't be asked now is passed over, as is a row that another version wrote: the next look has it.
 * @param name Of the watch, for the log.
 */
export async function watchEach(
  ctx: Ctx,
  name: string,
  also: Prisma.MigrationWhereInput,
  look: (migration: MigrationRow) => Promise<unknown>,
): Promise<void> {
  const watched = await ctx.db.migration.findMany({
    where: {
      startedAt: { not: null },
      finishedAt: null,
      writesStoppedAt: null,
      method: "access_pending",
      status: { notIn: ["draft", "cancelled", "cancelling", "succeeded"] },
      ...also,
    },
  });
  for (const migration of watched) {
    const at = { name, migrationId: migration.id };
    await passOver(ctx, at, () => look(readMigration(migration)), isPassedOver);
  }
}

/** Whoever could not be asked; an account whose endpoint or secret is refused here; a row that another version wrote. */
function isPassedOver(error: unknown): boolean {
  return isExternalError(error) || isAppError(error);
}
