import { queryOptions } from "@tanstack/react-query";
import { InstanceDetailView } from "@/lib/contracts/instance-detail";
import { apiGet } from "./api";
import { catalogKeys } from "./catalog-keys";
import { connectionPath } from "./connection-queries";

const part = encodeURIComponent;

/** One instance with its space, databases and import role. */
export function instanceQuery(connectionId: string, instanceId: string) {
  return queryOptions({
    queryKey: catalogKeys.instance(connectionId, instanceId),
    queryFn: ({ signal }) =>
      apiGet(`${connectionPath(connectionId)}/instances/${part(instanceId)}`, InstanceDetailView, { signal }),
    staleTime: 10_000,
  });
}
