import type { MigrationDraft } from "@/lib/contracts/migration";

/** Columns that lists show while the migration is a draft. Connections are not linked before it starts: they may go. */
export function draftColumns(draft: MigrationDraft, sandbox: boolean) {
  return {
    name: draft.targetDatabase.trim() || (draft.sourceDatabase ?? ""),
    draft,
    method: draft.method,
    sourceDatabase: draft.sourceDatabase,
    instanceId: draft.instanceId,
    targetDatabase: draft.targetDatabase.trim() || null,
    sandbox,
  };
}
