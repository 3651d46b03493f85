import { STATUSES } from "@/lib/migration/vocabulary/status";
import { type MigrationFilter, NO_FILTER } from "./arrange-migrations";

/** The filter as the page's query, so that a link shows the same list. What is not set is not in the URL. */
export function writeFilter(filter: MigrationFilter): string {
  const params = new URLSearchParams();
  if (filter.text !== "") params.set("q", filter.text);
  if (filter.status !== null) params.set("status", filter.status);
  if (filter.instance !== null) params.set("instance", filter.instance);
  if (filter.needsYou) params.set("needs", "you");
  if (filter.sort !== "") params.set("sort", filter.sort);
  return params.toString();
}

/** What a query says; what it says wrongly counts as not said. */
export function readFilter(params: URLSearchParams): MigrationFilter {
  const status = params.get("status");
  return {
    ...NO_FILTER,
    text: params.get("q") ?? "",
    status: STATUSES.find((candidate) => candidate === status) ?? null,
    instance: params.get("instance") || null,
    needsYou: params.get("needs") === "you",
    sort: params.get("sort") ?? "",
  };
}
