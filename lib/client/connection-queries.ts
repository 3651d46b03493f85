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

/** A script of `public/scripts/` as text, from this same origin. */
export function scriptQuery(file: "source-login.sql" | "ram-policy.json") {
  return queryOptions({
    queryKey: ["scripts", file],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/scripts/${file}`, { signal });
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      return response.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
