import { queryOptions } from "@tanstack/react-query";
import { MigrationListView } from "@/lib/contracts/migration-list";
import { apiGet } from "./api";
import { migrationKeys } from "./migration-keys";
import { noteServerNow } from "./server-clock";

/** Of so many a list is a megabyte, and whoever waits for one of them looks at its page. */
const MANY = 200;

/** All migrations, read again every two seconds while the tab is looked at, a list of very many every five. */
export function migrationListQuery() {
  return queryOptions({
    queryKey: migrationKeys.list,
    queryFn: async ({ signal }) => {
      const view = await apiGet("/api/migrations", MigrationListView, { signal });
      noteServerNow(view.serverNow);
      return view;
    },
    refetchInterval: ({ state }) => ((state.data?.migrations.length ?? 0) > MANY ? 5_000 : 2_000),
    staleTime: 1_000,
  });
}
