import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import {
  type HistoryKind,
  HistoryMigrationPage,
  type HistoryQuery,
  HistoryTaskPage,
} from "@/lib/contracts/history";
import { type SavedView, SavedViews } from "@/lib/contracts/saved-views";
import { apiGet, apiSend } from "./api";

function address(kind: HistoryKind, query: HistoryQuery, suffix = ""): string {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  return `/api/history/${kind}${suffix}?${new URLSearchParams(Object.fromEntries(given))}`;
}

/** A page of the tasks on record. The page before stays until the next is there. */
export function historyTasksQuery(query: HistoryQuery) {
  return queryOptions({
    queryKey: ["history", "tasks", query],
    queryFn: ({ signal }) => apiGet(address("tasks", query), HistoryTaskPage, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The same of migrations. */
export function historyMigrationsQuery(query: HistoryQuery) {
  return queryOptions({
    queryKey: ["history", "migrations", query],
    queryFn: ({ signal }) => apiGet(address("migrations", query), HistoryMigrationPage, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Address of everything that the filter lets through, as CSV. */
export function historyExportHref(kind: HistoryKind, query: HistoryQuery): string {
  return address(kind, { ...query, after: "" }, "/export");
}

const VIEWS = "/api/history/views";

/** The filters that the person has kept. */
export function savedViewsQuery() {
  return queryOptions({
    queryKey: ["history", "views"],
    queryFn: ({ signal }) => apiGet(VIEWS, SavedViews, { signal }),
  });
}

/** Keeps all of them anew. */
export function saveSavedViews(client: QueryClient) {
  return mutationOptions({
    mutationKey: ["history", "views"],
    mutationFn: (views: readonly SavedView[]) => apiSend("PUT", VIEWS, { views }, SavedViews),
    onSuccess: (saved: SavedViews) => client.setQueryData(savedViewsQuery().queryKey, saved),
  });
}
