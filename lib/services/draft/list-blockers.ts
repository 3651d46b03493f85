import type { Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { UNFINISHED } from "@/lib/context/unfinished";
import type { DraftBlocker, MigrationDraft } from "@/lib/contracts/migration";
import { draftBlockers } from "@/lib/migration/draft-blockers";
import { loadDraft } from "@/lib/store/load-draft";

/** What keeps a draft from being started. */
export async function listBlockers({
  ctx,
  input,
}: Use<{ migrationId: string }>): Promise<{ blockers: DraftBlocker[] }> {
  requireRole(ctx.actor, "viewer");
  const draft = await loadDraft(ctx.db, input.migrationId);
  return { blockers: await findBlockers(ctx.db, draft) };
}

/** The same inside a transaction: starting checks again what the wizard showed. */
export async function findBlockers(
  tx: Pick<Tx, "connection" | "migration">,
  draft: MigrationDraft,
): Promise<DraftBlocker[]> {
  const connections = await tx.connection.findMany({
    where: { archivedAt: null },
    select: { id: true, kind: true },
  });
  const others = await tx.migration.findMany({
    where: { status: UNFINISHED },
    select: {
      name: true,
      sourceConnectionId: true,
      sourceDatabase: true,
      backupBy: true,
      cloudConnectionId: true,
      bucket: true,
      prefix: true,
      instanceId: true,
      targetDatabase: true,
    },
  });
  const idsOf = (kind: string) =>
    new Set(connections.filter((row) => row.kind === kind).map((row) => row.id));
  return draftBlockers(draft, {
    sqlServers: idsOf("sql_server"),
    cloudAccounts: idsOf("cloud_account"),
    others,
  });
}
