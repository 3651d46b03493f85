import type { Tx } from "@/lib/context/context";
import type { MigrationDraft } from "@/lib/contracts/migration";

/** Whether any part of the draft is the sandbox: such a migration is marked wherever it is shown. */
export async function isSandboxDraft(
  db: Pick<Tx, "connection">,
  draft: Pick<MigrationDraft, "sourceConnectionId" | "cloudConnectionId">,
): Promise<boolean> {
  const ids = [draft.sourceConnectionId, draft.cloudConnectionId].filter((id) => id !== null);
  return (await db.connection.count({ where: { id: { in: ids }, sandbox: true } })) > 0;
}
