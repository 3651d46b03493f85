import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { type DropRehearsalInput, MigrationView } from "@/lib/contracts/migration";
import { apiSend } from "./api";
import { migrationKeys, migrationPath } from "./migration-keys";

/** Drops a rehearsal's database; the answer is the migration as it stands then. */
export function dropRehearsal(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["migrations", "drop", id],
    mutationFn: (input: DropRehearsalInput) =>
      apiSend("POST", `${migrationPath(id)}/rehearsal/drop`, input, MigrationView),
    onSuccess: (view: MigrationView) => queryClient.setQueryData(migrationKeys.detail(id), view),
    // A refusal means that our picture is old: read it again.
    onError: () => queryClient.invalidateQueries({ queryKey: migrationKeys.detail(id) }),
  });
}

/** Makes the draft of a draft's rehearsal. */
export function rehearseDraft(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["migrations", "rehearse", id],
    mutationFn: () => apiSend("POST", `${migrationPath(id)}/rehearsal`, null, MigrationView),
    onSuccess: (view: MigrationView) => {
      queryClient.setQueryData(migrationKeys.detail(view.id), view);
      return queryClient.invalidateQueries({ queryKey: migrationKeys.list });
    },
  });
}
