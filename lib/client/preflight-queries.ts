import { queryOptions } from "@tanstack/react-query";
import { PreflightView } from "@/lib/contracts/preflight";
import { apiGet } from "./api";
import { migrationPath } from "./migration-keys";

export const preflightKeys = {
  detail: (id: string) => ["preflight", id] as const,
};

const CHECK_RUNS_MS = 1_500;
const WATCHED_MS = 20_000;

/** The latest answers; asks nobody but our own server. Read more often while a CHECKDB runs. */
export function preflightQuery(id: string) {
  return queryOptions({
    queryKey: preflightKeys.detail(id),
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/preflight`, PreflightView, { signal }),
    refetchInterval: ({ state }) => (state.data?.checkRun?.state === "running" ? CHECK_RUNS_MS : WATCHED_MS),
    staleTime: 1_000,
  });
}
