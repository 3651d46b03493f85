import { queryOptions } from "@tanstack/react-query";
import { MigrationListView } from "@/lib/contracts/migration-list";
import { apiGet } from "./api";
import { migrationKeys } from "./migration-keys";
import { noteServerNow } from "./server-clock";

/** All migrations, read again every two seconds while the tab is looked at. */
export function migrationListQuery() {
  return queryOptions({
    queryKey: migrationKeys.list,
    queryFn: async ({ signal }) => {
      const view = await apiGet("/api/migrations", MigrationListView, { signal });
      noteServerNow(view.serverNow);
      return view;
    },
    refetchInterval: 2_000,
    staleTime: 1_000,
  });
}
