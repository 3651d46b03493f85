import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import {
  BucketDetailView,
  BucketListView,
  ObjectHeaderView,
  ObjectListView,
  SourceDatabaseListView,
} from "@/lib/contracts/catalog";
import { apiGet } from "./api";
import { catalogKeys } from "./catalog-keys";
import { connectionPath } from "./connection-queries";

const part = encodeURIComponent;

export function databasesQuery(connectionId: string) {
  return queryOptions({
    queryKey: catalogKeys.databases(connectionId),
    queryFn: ({ signal }) =>
      apiGet(`${connectionPath(connectionId)}/databases`, SourceDatabaseListView, { signal }),
    staleTime: 10_000,
  });
}

export function bucketsQuery(connectionId: string) {
  return queryOptions({
    queryKey: catalogKeys.buckets(connectionId),
    queryFn: ({ signal }) => apiGet(`${connectionPath(connectionId)}/buckets`, BucketListView, { signal }),
    staleTime: 30_000,
  });
}

export function bucketQuery(connectionId: string, bucket: string) {
  return queryOptions({
    queryKey: catalogKeys.bucket(connectionId, bucket),
    queryFn: ({ signal }) =>
      apiGet(`${connectionPath(connectionId)}/buckets/${part(bucket)}`, BucketDetailView, { signal }),
    staleTime: 30_000,
  });
}

/** Objects whose key begins with the prefix, a page at a time, in OSS's order. */
export function objectsQuery(connectionId: string, bucket: string, prefix: string) {
  return infiniteQueryOptions({
    queryKey: catalogKeys.objects(connectionId, bucket, prefix),
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({ prefix });
      if (pageParam !== "") search.set("continuationToken", pageParam);
      return apiGet(
        `${connectionPath(connectionId)}/buckets/${part(bucket)}/objects?${search}`,
        ObjectListView,
        { signal },
      );
    },
    getNextPageParam: (page) => page.nextContinuationToken,
    staleTime: 5_000,
  });
}

/**
 * What an object's header says. Read once per `version` of the object (size and time, say): a key may be written again.
 */
export function headerQuery(connectionId: string, bucket: string, key: string, version: string) {
  return queryOptions({
    queryKey: catalogKeys.header(connectionId, bucket, key, version),
    queryFn: ({ signal }) =>
      apiGet(
        `${connectionPath(connectionId)}/buckets/${part(bucket)}/header?key=${part(key)}`,
        ObjectHeaderView,
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
