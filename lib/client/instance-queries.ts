import { queryOptions } from "@tanstack/react-query";
import { InstanceDetailView, InstanceListView } from "@/lib/contracts/instance";
import { apiGet } from "./api";
import { catalogKeys } from "./catalog-keys";
import { connectionPath } from "./connection-queries";

const part = encodeURIComponent;

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
