import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type AftercareAction, AftercareView } from "@/lib/contracts/aftercare";
import { WayBackLink, WayBackView } from "@/lib/contracts/way-back";
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
    // An account may be there although its right was refused.
    onError: () => client.invalidateQueries({ queryKey: keyOf(id) }),
  };
}

const wayBackKey = (id: string) => ["migrations", "way-back", id] as const;

/** Whether and how data could come back from RDS once it is open there; asked again while RDS takes the backup for it. */
export function wayBackQuery(id: string) {
  return queryOptions({
    queryKey: wayBackKey(id),
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/way-back`, WayBackView, { signal }),
    refetchInterval: ({ state }) => {
      const backup = state.data?.backup;
      return backup && backup.ok === null ? LOOK_AGAIN_MS : false;
    },
  });
}

/** Has RDS take the backup to go back with. */
export function startWayBackBackup(client: QueryClient, id: string) {
  return {
    mutationFn: () => apiSend("POST", `${migrationPath(id)}/way-back/backup`, undefined, WayBackView),
    onSuccess: (view: WayBackView) => {
      client.setQueryData(wayBackKey(id), view);
      return client.invalidateQueries({ queryKey: migrationKeys.detail(id) });
    },
  };
}

/** A link to download one of RDS's backups. Whoever sees it can download the data: it stays in the page, and in no cache. */
export function giveWayBackLink(client: QueryClient, id: string) {
  return {
    mutationFn: (backupId: string) =>
      apiSend("POST", `${migrationPath(id)}/way-back/link`, { backupId }, WayBackLink),
    onSuccess: () => client.invalidateQueries({ queryKey: migrationKeys.detail(id) }),
    gcTime: 0,
  };
}
