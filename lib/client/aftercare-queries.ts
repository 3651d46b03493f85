import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type AftercareAction, AftercareView } from "@/lib/contracts/aftercare";
import { WayBackView } from "@/lib/contracts/way-back";
import { apiGet, apiSend } from "./api";
import { migrationKeys, migrationPath } from "./migration-keys";

const keyOf = (id: string) => ["migrations", "aftercare", id] as const;
/** While RDS takes a backup. */
const LOOK_AGAIN_MS = 5_000;

/** What is left to do of a migration that is online; asked again while RDS takes its first backup. */
export function aftercareQuery(id: string) {
  return queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/aftercare`, AftercareView, { signal }),
    refetchInterval: ({ state }) => {
      const backup = state.data?.backup;
      return backup && backup.ok === null ? LOOK_AGAIN_MS : false;
    },
  });
}

/** One thing of it is done; events and page of the migration are read anew. */
export function actOnAftercare(client: QueryClient, id: string) {
  return {
    mutationFn: (action: AftercareAction) =>
      apiSend("POST", `${migrationPath(id)}/aftercare`, action, AftercareView),
    onSuccess: async (view: AftercareView) => {
      client.setQueryData(keyOf(id), view);
      await client.invalidateQueries({ queryKey: migrationKeys.detail(id) });
    },
  };
}

/** Whether data could come back from RDS once it is open there. Releases do not change while a page is open. */
export function wayBackQuery(id: string) {
  return queryOptions({
    queryKey: ["migrations", "way-back", id],
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/way-back`, WayBackView, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
