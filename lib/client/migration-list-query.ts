import { queryOptions } from "@tanstack/react-query";
import { MigrationListView } from "@/lib/contracts/migration-list";
import { apiGet } from "./api";
import { migrationKeys } from "./migration-keys";
import { noteServerNow } from "./server-clock";

/** Of so many a list is a megabyte, of which little changes, and whoever waits for one of them looks at its page. */
const isLong = (list: MigrationListView | undefined) => (list?.migrations.length ?? 0) > 200;

/** All migrations, read again every two seconds while the tab is looked at; of a list of very many what has changed, every five. */
export function migrationListQuery() {
  return queryOptions({
    queryKey: migrationKeys.list,
    queryFn: async ({ signal, client }) => {
      const known = client.getQueryData<MigrationListView>(migrationKeys.list);
      // Code that does not come, after an update say, must not keep the list from being read.
      const late = isLong(known) ? await import("./changed-list").catch(() => null) : null;
      const view = await (known && late
        ? late.readChangedList(known, signal)
        : apiGet("/api/migrations", MigrationListView, { signal }));
      noteServerNow(view.serverNow);
      return view;
    },
    refetchInterval: ({ state }) => (isLong(state.data) ? 5_000 : 2_000),
    // What has not changed is the same object when it is merged; by its place in the list, one more at the head would make all others new.
    structuralSharing: false,
    staleTime: 1_000,
  });
}
