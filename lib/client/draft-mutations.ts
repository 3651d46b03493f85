import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { type MigrationDraft, MigrationView } from "@/lib/contracts/migration";
import { apiSend } from "./api";
import { migrationKeys, migrationPath } from "./migration-keys";

/** Makes the draft on the server. */
export function createDraft(draft: MigrationDraft): Promise<MigrationView> {
  return apiSend("POST", "/api/migrations", { draft }, MigrationView);
}

/** Writes the whole draft; the last writer wins. */
export function putDraft(id: string, draft: MigrationDraft): Promise<MigrationView> {
  return apiSend("PUT", `${migrationPath(id)}/draft`, { draft }, MigrationView);
}

/**
 * Starts what was reviewed; refused with `draft_has_blockers` while something is missing, with `draft_changed` when another
 * window has saved something else meanwhile.
 */
export function startMigration(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["drafts", "start"],
    mutationFn: ({ id, reviewed }: { id: string; reviewed: MigrationDraft }) =>
      apiSend("POST", `${migrationPath(id)}/start`, { reviewed }, MigrationView),
    onSuccess: (view: MigrationView) => {
      queryClient.setQueryData(migrationKeys.detail(view.id), view);
      return queryClient.invalidateQueries({ queryKey: migrationKeys.list });
    },
  });
}
