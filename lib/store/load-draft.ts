import type { MigrationDraft } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Prisma } from "./generated/client";
import { type MigrationRow, readMigration } from "./typed-rows";

type Db = Pick<Prisma.TransactionClient, "migration">;

/** What a migration was set up as: a draft's state now, or what it was started with. Throws `not_found`. */
export async function loadChoices(
  db: Db,
  migrationId: string,
): Promise<Pick<MigrationRow, "draft" | "status" | "phase">> {
  const row = await db.migration.findUnique({ where: { id: migrationId } });
  if (!row) throw new AppError("not_found", "migration_not_found");
  return readMigration(row);
}

/** The wizard's state. Throws `not_found`, or `conflict` once the migration has begun. */
export async function loadDraft(db: Db, migrationId: string): Promise<MigrationDraft> {
  const { draft, status } = await loadChoices(db, migrationId);
  if (status !== "draft") throw new AppError("conflict", "migration_not_a_draft");
  return draft;
}
