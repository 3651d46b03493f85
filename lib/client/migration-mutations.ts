import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { type MigrationAction, MigrationView } from "@/lib/contracts/migration";
import { apiSend } from "./api";
import { migrationKeys, migrationPath } from "./migration-keys";
import { noteServerNow } from "./server-clock";

/** Asks something of a migration; the answer is the migration as it stands then. */
export function actOnMigration(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["migrations", "act", id],
    mutationFn: (action: MigrationAction) =>
      apiSend("POST", `${migrationPath(id)}/actions`, action, MigrationView),
    onSuccess: (view: MigrationView) => {
      noteServerNow(view.serverNow);
      queryClient.setQueryData(migrationKeys.detail(id), view);
      return queryClient.invalidateQueries({ queryKey: migrationKeys.list });
    },
    // A refusal means that our picture is old: read it again.
    onError: () => queryClient.invalidateQueries({ queryKey: migrationKeys.detail(id) }),
  });
}

/** Throws a draft away. */
export function discardDraft(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["migrations", "discard"],
    mutationFn: (id: string) => apiSend("DELETE", migrationPath(id), null, z.unknown()),
    onSettled: () => queryClient.invalidateQueries({ queryKey: migrationKeys.list }),
  });
}
