import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { MigrationView } from "@/lib/contracts/migration";
import { apiSend } from "./api";
import { migrationKeys, migrationPath } from "./migration-keys";

/** Makes a new draft with the choices of a migration; the answer is the draft. */
export function cloneDraft(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["migrations", "clone", id],
    mutationFn: () => apiSend("POST", `${migrationPath(id)}/clone`, null, MigrationView),
    onSuccess: (view: MigrationView) => {
      queryClient.setQueryData(migrationKeys.detail(view.id), view);
      return queryClient.invalidateQueries({ queryKey: migrationKeys.list });
    },
  });
}

/** Puts a migration that is over away, or brings it back. */
export function archiveMigration(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["migrations", "archive", id],
    mutationFn: (archived: boolean) =>
      apiSend("POST", `${migrationPath(id)}/archive`, { archived }, MigrationView),
    onSuccess: (view: MigrationView) => {
      queryClient.setQueryData(migrationKeys.detail(id), view);
      return queryClient.invalidateQueries({ queryKey: migrationKeys.list });
    },
  });
}
