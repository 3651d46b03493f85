import { queryOptions } from "@tanstack/react-query";
import { ConnectionListView } from "@/lib/contracts/connection";
import { apiGet } from "./api";

export const connectionKeys = {
  all: ["connections"] as const,
  list: ["connections", "list"] as const,
};

export const connectionPath = (id: string) => `/api/connections/${encodeURIComponent(id)}`;

/** Source servers and cloud accounts with their last test. */
export function connectionsQuery() {
  return queryOptions({
    queryKey: connectionKeys.list,
    queryFn: ({ signal }) => apiGet("/api/connections", ConnectionListView, { signal }),
    staleTime: 15_000,
  });
}
