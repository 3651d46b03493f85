import type { Tx } from "@/lib/context/context";
import { MigrationDraft } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";

/** The wizard's state. Throws `not_found`, or `conflict` once the migration has begun. */
export async function loadDraft(db: Pick<Tx, "migration">, migrationId: string): Promise<MigrationDraft> {
  const row = await db.migration.findUnique({
    where: { id: migrationId },
    select: { status: true, draft: true },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  if (row.status !== "draft") throw new AppError("conflict", "migration_not_a_draft");
  const parsed = MigrationDraft.safeParse(row.draft);
  if (!parsed.success) throw new Error(`The stored draft of migration ${migrationId} cannot be read`);
  return parsed.data;
}
