import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import {
  BucketDetailView,
  BucketListView,
  InstanceDetailView,
  InstanceListView,
  ObjectHeaderView,
  ObjectListView,
  SourceDatabaseListView,
} from "@/lib/contracts/catalog";
import { apiGet } from "./api";
import { connectionPath } from "./connection-queries";

/** What connections hold: databases, instances, buckets, objects, headers. */
export const catalogKeys = {
  connection: (connectionId: string) => ["catalog", connectionId] as const,
  databases: (connectionId: string) => ["catalog", connectionId, "databases"] as const,
  instances: (connectionId: string) => ["catalog", connectionId, "instances"] as const,
  instance: (connectionId: string, instanceId: string) =>
    ["catalog", connectionId, "instances", instanceId] as const,
  buckets: (connectionId: string) => ["catalog", connectionId, "buckets"] as const,
  bucket: (connectionId: string, bucket: string) => ["catalog", connectionId, "buckets", bucket] as const,
  objects: (connectionId: string, bucket: string, prefix: string) =>
    ["catalog", connectionId, "buckets", bucket, "objects", prefix] as const,
  header: (connectionId: string, bucket: string, key: string, version: string) =>
    ["catalog", connectionId, "buckets", bucket, "header", key, version] as const,
};

const part = encodeURIComponent;

export function databasesQuery(connectionId: string) {
  return queryOptions({
    queryKey: catalogKeys.databases(connectionId),
    queryFn: ({ signal }) =>
      apiGet(`${connectionPath(connectionId)}/databases`, SourceDatabaseListView, { signal }),
    staleTime: 10_000,
  });
}

export function instancesQuery(connectionId: string) {
  return queryOptions({
    queryKey: catalogKeys.instances(connectionId),
    queryFn: ({ signal }) =>
      apiGet(`${connectionPath(connectionId)}/instances`, InstanceListView, { signal }),
    staleTime: 30_000,
  });
}

export function instanceQuery(connectionId: string, instanceId: string) {
  return queryOptions({
    queryKey: catalogKeys.instance(connectionId, instanceId),
    queryFn: ({ signal }) =>
      apiGet(`${connectionPath(connectionId)}/instances/${part(instanceId)}`, InstanceDetailView, { signal }),
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
