import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type CleanUpInput, CleanUpView, type CreateBucketInput, LeftoverView } from "@/lib/contracts/bucket";
import { BucketDetailView } from "@/lib/contracts/catalog";
import { apiGet, apiSend } from "./api";
import { catalogKeys } from "./catalog-keys";
import { connectionPath } from "./connection-queries";
import { migrationKeys, migrationPath } from "./migration-keys";

/** What of a migration still lies in its bucket; asked anew each time it is looked at. */
export function leftoversQuery(migrationId: string) {
  return queryOptions({
    queryKey: [...migrationKeys.detail(migrationId), "leftovers"] as const,
    queryFn: ({ signal }) => apiGet(`${migrationPath(migrationId)}/cleanup`, LeftoverView, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

export function cleanUpBucket(queryClient: QueryClient, migrationId: string) {
  return mutationOptions({
    mutationKey: ["migrations", "cleanup", migrationId],
    mutationFn: (input: CleanUpInput) =>
      apiSend("POST", `${migrationPath(migrationId)}/cleanup`, input, CleanUpView),
    onSettled: () => queryClient.invalidateQueries({ queryKey: migrationKeys.detail(migrationId) }),
  });
}

export function createBucket(queryClient: QueryClient, connectionId: string) {
  return mutationOptions({
    mutationKey: ["catalog", connectionId, "buckets", "create"],
    mutationFn: (input: CreateBucketInput) =>
      apiSend("POST", `${connectionPath(connectionId)}/buckets`, input, BucketDetailView),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: catalogKeys.buckets(connectionId) }),
  });
}
